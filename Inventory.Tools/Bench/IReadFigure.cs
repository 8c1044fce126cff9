namespace Inventory.Tools.Bench;

/// <summary>Measures one figure, or two that come of the same work.</summary>
internal interface IReadFigure
{
    /// <summary>Begins with <c>read.</c>.</summary>
    string Name { get; }

    Task<IReadOnlyList<FigureResult>> MeasureAsync(BenchSystem system, int rounds, CancellationToken cancellationToken);
}
