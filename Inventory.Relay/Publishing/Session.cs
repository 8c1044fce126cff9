namespace Inventory.Relay.Publishing;

/// <summary>The parts of a publisher's session, which live and end together.</summary>
internal static class Session
{
    /// <summary>Runs all of them until the first ends, ends the others and waits for them.</summary>
    /// <exception cref="Exception">What the first part failed with.</exception>
    public static async Task RunAsync(params IReadOnlyList<Func<CancellationToken, Task>> parts)
    {
        using var end = new CancellationTokenSource();
        var running = parts.Select(part => Task.Run(() => part(end.Token))).ToArray();
        var first = await Task.WhenAny(running);
        await end.CancelAsync();
        await Task.WhenAll(running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await first;
    }
}
