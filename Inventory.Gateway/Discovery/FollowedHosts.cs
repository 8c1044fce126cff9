using Microsoft.Extensions.Options;

namespace Inventory.Gateway.Discovery;

/// <summary>
/// Every host that somebody asked for, followed until the gateway stops: service discovery drops its providers when nobody
/// asks them for a while, and YARP asks only when it is told of a change.
/// </summary>
internal sealed class FollowedHosts(
    IHostLookup lookup, IOptions<DiscoveryOptions> options, TimeProvider time, ILogger<FollowedHosts> logger) : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly Dictionary<string, (FollowedHost Host, Task Following)> _hosts = new(StringComparer.OrdinalIgnoreCase);

    public FollowedHost Get(string host)
    {
        lock (_lock)
        {
            if (!_hosts.TryGetValue(host, out var entry))
            {
                var followed = new FollowedHost(host, lookup, options.Value, time, logger);
                entry = (followed, Task.Run(() => followed.FollowAsync(_stopping.Token)));
                _hosts.Add(host, entry);
            }

            return entry.Host;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await Task.WhenAll(_hosts.Values.Select(static entry => entry.Following));
        _stopping.Dispose();
    }
}
