using Inventory.Servers.Processes;
using Microsoft.Extensions.Logging;

namespace Inventory.AppHost.Stores.Embedded;

/// <summary>Brings what the processes of a server write into their logs to the dashboard.</summary>
internal sealed class LogFollower : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    private readonly CancellationTokenSource _stop = new();
    private readonly ILogger _logger;
    private readonly Task _following;

    public LogFollower(IReadOnlyList<ServerProcess> processes, ILogger logger)
    {
        _logger = logger;
        _following = Task.WhenAll(processes.Select(process => FollowAsync(process.LogFile)));
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _following;
        _stop.Dispose();
    }

    private async Task FollowAsync(string file)
    {
        var position = 0L;
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                position = await CopyAsync(file, position);
                await Task.Delay(Interval, _stop.Token);
            }
            catch (IOException)
            {
                // A restart begins the file anew; it is there the next time.
                position = 0;
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private async Task<long> CopyAsync(string file, long position)
    {
        await using var log = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);

        // Shorter than it was: begun anew.
        log.Position = log.Length < position ? 0 : position;
        using var reader = new StreamReader(log);
        while (await reader.ReadLineAsync(_stop.Token) is { } line)
        {
            EmbeddedServerLog.Progress(_logger, line);
        }

        return log.Position;
    }
}
