using System.Net.Sockets;

namespace Inventory.Servers.Processes;

/// <summary>Asks a server whether it serves until it says yes.</summary>
internal static class Readiness
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Attempt = TimeSpan.FromSeconds(5);

    /// <returns>False if the time is up.</returns>
    public static async Task<bool> WaitAsync(
        Func<CancellationToken, Task<bool>> askAsync, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(began) < timeout)
        {
            if (await TryAsync(askAsync, cancellationToken))
            {
                return true;
            }

            await Task.Delay(Interval, cancellationToken);
        }

        return false;
    }

    private static async Task<bool> TryAsync(
        Func<CancellationToken, Task<bool>> askAsync, CancellationToken cancellationToken)
    {
        using var attempt = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        attempt.CancelAfter(Attempt);
        try
        {
            return await askAsync(attempt.Token);
        }
        catch (Exception exception) when (exception is SocketException or IOException)
        {
            return false;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }
}
