using System.Collections.Concurrent;
using System.Globalization;

namespace Inventory.Tools.Load;

/// <summary>
/// Sends requests at the times they are due, whatever became of the earlier ones, and counts each one's latency from the
/// moment it was due. A server that stalls is therefore charged with every request of its stall, and not with the few
/// that a closed loop would have got round to sending ("coordinated omission").
/// </summary>
internal sealed class OpenLoop(LoadPlan plan, TimeProvider time)
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    private readonly LatencyHistogram _latencies = new();
    private readonly ConcurrentDictionary<string, int> _errors = [];

    public async Task<LoadResult> RunAsync(CancellationToken cancellationToken)
    {
        using var handler = new SocketsHttpHandler
        {
            MaxConnectionsPerServer = plan.Connections,
            ActivityHeadersPropagator = null,
            UseCookies = false,
        };
        using var client = new HttpClient(handler) { Timeout = Timeout };
        var paths = Paths();
        var picker = new KeyPicker(plan.Distribution, paths.Length, seed: 1);
        var total = (long)(plan.Rate * plan.Duration.TotalSeconds);
        var answers = new List<Task>((int)total);
        var latest = TimeSpan.Zero;
        var start = time.GetTimestamp();
        for (var sent = 0L; sent < total && !cancellationToken.IsCancellationRequested;)
        {
            var elapsed = time.GetElapsedTime(start);
            var due = Math.Min(total, (long)(elapsed.TotalSeconds * plan.Rate) + 1);
            for (; sent < due; sent++)
            {
                var dueAt = TimeSpan.FromSeconds((double)sent / plan.Rate);
                latest = elapsed - dueAt > latest ? elapsed - dueAt : latest;
                answers.Add(AskAsync(client, paths[picker.Next()], start, dueAt));
            }

            await Task.Delay(Tick, time, CancellationToken.None);
        }

        await Task.WhenAll(answers);
        return new LoadResult(_latencies, answers.Count, _errors, time.GetElapsedTime(start), latest);
    }

    private async Task AskAsync(HttpClient client, Uri path, long start, TimeSpan dueAt)
    {
        string? error = null;
        try
        {
            using var response = await client.GetAsync(path);
            if (!response.IsSuccessStatusCode)
            {
                error = ((int)response.StatusCode).ToString(CultureInfo.InvariantCulture);
            }
        }
        catch (HttpRequestException exception)
        {
            error = exception.HttpRequestError.ToString();
        }
        catch (TaskCanceledException)
        {
            error = "Timeout";
        }

        _latencies.Add(time.GetElapsedTime(start) - dueAt);
        if (error is not null)
        {
            _errors.AddOrUpdate(error, 1, static (_, count) => count + 1);
        }
    }

    private Uri[] Paths() =>
    [
        .. plan.Keys.Select(key => new Uri(plan.Address, string.Create(
            CultureInfo.InvariantCulture, $"{key.VendorItemId}/{key.FulfillmentCenterId}"))),
    ];
}
