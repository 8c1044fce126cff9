using System.Diagnostics;
using System.Threading.Channels;
using Inventory.CommandApi.Telemetry;
using Inventory.Postgres.Failures;

namespace Inventory.CommandApi.Commands;

/// <summary>
/// Commits the commands of some keys, a group after the other. A group is whatever arrived while the last one was being
/// committed, so a command never waits for company: alone it is committed at once, in a crowd it shares.
/// </summary>
internal sealed partial class CommandLane(
    CommandGroup group, CommandLanesOptions options, CommandTelemetry telemetry, TimeProvider time, ILogger logger)
{
    // Of inbounds a few fill a group: what one statement carries stays within the timeout of a command.
    private const int MaximumKeys = 2_000;

    private readonly LaneClock _clock = new(time);

    private readonly Channel<StockCommand> _queue = Channel.CreateBounded<StockCommand>(
        new BoundedChannelOptions(options.QueueLength) { SingleReader = true });

    /// <exception cref="OverloadedException">
    /// The queue is full, what waits in it would take longer than may be waited, or the lane is closed.
    /// </exception>
    public void Enqueue(StockCommand command)
    {
        var wait = ExpectedWait();
        if (wait > options.MaximumWait || !_queue.Writer.TryWrite(command))
        {
            telemetry.Refused();
            throw new OverloadedException(wait);
        }
    }

    /// <summary>Takes no more commands; <see cref="RunAsync"/> ends when those that wait are answered.</summary>
    public void Close() => _queue.Writer.TryComplete();

    public async Task RunAsync()
    {
        var gathered = new List<StockCommand>(options.MaximumGroup);
        while (await _queue.Reader.WaitToReadAsync())
        {
            var keys = 0;
            while (gathered.Count < options.MaximumGroup && keys < MaximumKeys && _queue.Reader.TryRead(out var command))
            {
                var waited = time.GetElapsedTime(command.ArrivedAt);
                telemetry.Waited(waited);
                if (waited > options.MaximumWait)
                {
                    telemetry.Refused();
                    command.Fail(new OverloadedException(ExpectedWait()));
                    continue;
                }

                gathered.Add(command);
                keys += command.Keys.Count;
            }

            _clock.Begin();
            await CommitAsync(gathered);
            _clock.End();
            gathered.Clear();
        }
    }

    private TimeSpan ExpectedWait() => _clock.ExpectedWait(_queue.Reader.Count, options.MaximumGroup);

    private async Task CommitAsync(List<StockCommand> commands)
    {
        if (commands.Count == 0)
        {
            return;
        }

        using var activity = telemetry.StartGroup(commands);
        if (commands.Count == 1)
        {
            await CommitAloneAsync(commands[0]);
            return;
        }

        try
        {
            await CommitTogetherAsync(commands);
        }
        catch (Exception exception) when (PostgresFailure.RemedyOf(exception) is PostgresRemedy.Reconnect)
        {
            // No session is of use, whoever asks: to ask for each of them would only keep the others waiting.
            commands.ForEach(command => command.Fail(exception));
        }
        catch (Exception exception)
        {
            // One command may be to blame: apart, it fails alone. What failed was rolled back, or is found by its id.
            LogSplit(exception, commands.Count);
            telemetry.Split();
            foreach (var command in commands)
            {
                await CommitAloneAsync(command);
            }
        }
    }

    private async Task CommitTogetherAsync(List<StockCommand> commands)
    {
        var answers = await group.CommitAsync(commands, CancellationToken.None);
        for (var index = 0; index < answers.Length; index++)
        {
            commands[index].Complete(answers[index]);
        }
    }

    private async Task CommitAloneAsync(StockCommand command)
    {
        try
        {
            try
            {
                await CommitTogetherAsync([command]);
            }
            catch (IdTakenException)
            {
                // Whoever took the id has committed by now: the second look finds the answer.
                await CommitTogetherAsync([command]);
            }
        }
        catch (Exception exception)
        {
            Activity.Current?.SetStatus(ActivityStatusCode.Error);
            command.Fail(exception);
        }
    }

    [LoggerMessage(LogLevel.Warning, "A group of {Count} commands failed and is split.")]
    private partial void LogSplit(Exception exception, int count);
}
