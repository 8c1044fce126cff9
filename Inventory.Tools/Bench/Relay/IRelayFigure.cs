namespace Inventory.Tools.Bench.Relay;

/// <summary>Measures one figure, or two that come of the same work.</summary>
internal interface IRelayFigure
{
    /// <summary>Begins with <c>relay.</c>.</summary>
    string Name { get; }

    Task<IReadOnlyList<FigureResult>> MeasureAsync(
        RelayBenchSystem system, int rounds, CancellationToken cancellationToken);
}
