using System.Net;

namespace Inventory.Tests.CommandApi;

/// <summary>
/// A client that repeats a request, now to this instance and now to that one, until it is answered. Its requests are of
/// a kind that may be repeated.
/// </summary>
internal sealed class PersistentClient(IReadOnlyList<HttpClient> instances)
{
    private const int Attempts = 600;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private int _turn;

    /// <returns>The first answer that is neither "come again" nor a broken connection.</returns>
    public async Task<(HttpStatusCode Status, string Body)> SendAsync(Func<HttpClient, Task<HttpResponseMessage>> send)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var instance = instances[(int)((uint)Interlocked.Increment(ref _turn) % (uint)instances.Count)];
            try
            {
                using var response = await send(instance);
                if (response.StatusCode is not (HttpStatusCode.ServiceUnavailable or HttpStatusCode.TooManyRequests))
                {
                    return (
                        response.StatusCode,
                        await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
                }
            }
            catch (Exception exception) when (exception is HttpRequestException or System.Net.Sockets.SocketException)
            {
                // The instance was killed, before or after it did what it was asked. HttpClient leaves a SocketException as
                // it is if that happens right after the connection was accepted.
            }
            catch (IOException)
            {
                // The same, in the middle of its answer.
            }

            await Task.Delay(Pause, TestContext.Current.CancellationToken);
        }

        throw new TimeoutException("A request was not answered within a minute.");
    }
}
