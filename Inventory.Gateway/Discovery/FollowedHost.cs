using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Primitives;

namespace Inventory.Gateway.Discovery;

/// <summary>Looks one host up again and again, and keeps the last good answer while the name server has none.</summary>
internal sealed partial class FollowedHost(
    string host, IHostLookup lookup, DiscoveryOptions options, TimeProvider time, ILogger logger)
{
    private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile State _state = new([]);
    private Task<IPAddress[]>? _lookup;
    private bool _isFailing;

    /// <summary>The newest answer; at first, that of the first attempt, whether it succeeded or not.</summary>
    public async Task<HostAnswer> AnswerAsync(CancellationToken cancellationToken)
    {
        await _asked.Task.WaitAsync(cancellationToken);
        return _state.Answer;
    }

    public async Task FollowAsync(CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(options.RefreshInterval, time);
        try
        {
            do
            {
                await AskAsync(stopping);
                _asked.TrySetResult();
            }
            while (await timer.WaitForNextTickAsync(stopping));
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            _asked.TrySetCanceled(stopping);
        }
    }

    private async Task AskAsync(CancellationToken stopping)
    {
        // One that is not answered yet goes on: a lookup that hangs cannot be ended, and others would queue behind it.
        _lookup ??= lookup.LookUpAsync(host);
        try
        {
            var addresses = Arrange(await _lookup.WaitAsync(options.LookupTimeout, time, stopping));
            _lookup = null;
            Accept(addresses);
        }
        catch (SocketException error)
        {
            _lookup = null;
            Keep(error.Message);
        }
        catch (TimeoutException)
        {
            Keep("no answer in time");
        }
    }

    /// <summary>A pod with two families has an address of each: one family is enough, or it would count twice.</summary>
    private static IPAddress[] Arrange(IPAddress[] addresses)
    {
        var families = addresses.ToLookup(static address => address.AddressFamily);
        var one = families.Contains(AddressFamily.InterNetwork)
            ? families[AddressFamily.InterNetwork]
            : families[AddressFamily.InterNetworkV6];
        return [.. one.Distinct().OrderBy(static address => address.ToString(), StringComparer.Ordinal)];
    }

    private void Accept(IPAddress[] addresses)
    {
        if (addresses.Length == 0)
        {
            Keep("an answer without addresses");
            return;
        }

        _isFailing = false;
        var before = _state;
        if (!addresses.SequenceEqual(before.Answer.Addresses))
        {
            LogAddresses(host, addresses.Length, string.Join(", ", addresses.AsEnumerable()));
            _state = new State(addresses);
            before.Replace();
        }
    }

    // Instances that are gone, too, are found by the health checks, while those of a name server that forgot them live.
    private void Keep(string reason)
    {
        if (!_isFailing)
        {
            _isFailing = true;
            LogKept(host, _state.Answer.Addresses.Count, reason);
        }
    }

    [LoggerMessage(LogLevel.Information, "{Host} has {Count} addresses: {Addresses}")]
    private partial void LogAddresses(string host, int count, string addresses);

    [LoggerMessage(LogLevel.Warning, "{Host} could not be looked up, its {Count} addresses are kept: {Reason}")]
    private partial void LogKept(string host, int count, string reason);

    // Without a timer its source holds nothing that would have to be disposed of.
    private sealed class State
    {
        private readonly Action _replace;

        public State(IReadOnlyList<IPAddress> addresses)
        {
            var outdated = new CancellationTokenSource();
            Answer = new HostAnswer(addresses, new CancellationChangeToken(outdated.Token));
            _replace = outdated.Cancel;
        }

        public HostAnswer Answer { get; }

        public void Replace() => _replace();
    }
}
