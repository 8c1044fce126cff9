using Inventory.CommandApi.Telemetry;
using Inventory.Contracts.Stocks;
using Microsoft.Extensions.Options;

namespace Inventory.CommandApi.Commands;

/// <summary>
/// Spreads commands over lanes by their first key, so that those of a hot key meet in one lane and lock its row once a
/// group instead of once each. That is a matter of speed only: the row lock makes it right.
/// </summary>
internal sealed class CommandLanes : IHostedService
{
    private readonly CommandLane[] _lanes;
    private readonly TimeProvider _time;
    private Task _running = Task.CompletedTask;

    public CommandLanes(
        CommandGroup group,
        IOptions<CommandLanesOptions> options,
        CommandTelemetry telemetry,
        TimeProvider time,
        ILogger<CommandLane> logger)
    {
        _time = time;
        _lanes = new CommandLane[options.Value.Lanes];
        for (var lane = 0; lane < _lanes.Length; lane++)
        {
            _lanes[lane] = new CommandLane(group, options.Value, telemetry, time, logger);
        }
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _running = Task.WhenAll(_lanes.Select(lane => Task.Run(lane.RunAsync, CancellationToken.None)));
        return Task.CompletedTask;
    }

    /// <summary>Answers every command that waits.</summary>
    public Task StopAsync(CancellationToken cancellationToken)
    {
        foreach (var lane in _lanes)
        {
            lane.Close();
        }

        return _running.WaitAsync(cancellationToken);
    }

    /// <exception cref="OverloadedException">Too many commands wait already.</exception>
    public Task<IResult> RunAsync(StockCommand command, CancellationToken cancellationToken)
    {
        command.ArrivedAt = _time.GetTimestamp();
        LaneOf(command.Keys[0]).Enqueue(command);

        // A client that goes away stops waiting; its command is decided all the same, and found by its id.
        return command.Answer.WaitAsync(cancellationToken);
    }

    private CommandLane LaneOf(StockKey key) => _lanes[(uint)key.GetHashCode() % (uint)_lanes.Length];
}
