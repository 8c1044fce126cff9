using System.Globalization;
using System.Text.Json;
using Inventory.Contracts;

namespace Inventory.Tests.QueryApi.Changes;

/// <summary>Reads a stream of server-sent events line by line, as a browser would.</summary>
internal sealed class EventReader : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private readonly HttpResponseMessage _response;
    private readonly StreamReader _lines;

    private EventReader(HttpResponseMessage response, StreamReader lines)
    {
        _response = response;
        _lines = lines;
    }

    public static async Task<EventReader> OpenAsync(HttpResponseMessage response) => new(
        response, new StreamReader(await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken)));

    /// <summary>The next event, whose id is the version of its data.</summary>
    public async Task<(long Version, int Count)> NextAsync()
    {
        var id = (await LineAsync("id: "))[4..];
        Assert.Equal("event: stock", await LineAsync("event: "));
        var answer = JsonSerializer.Deserialize((await LineAsync("data: "))[6..], ApiJson.Default.StockAnswer)!;
        Assert.Equal(id, answer.Version.ToString(CultureInfo.InvariantCulture));
        return (answer.Version, answer.StockCount);
    }

    public Task HeartbeatAsync() => LineAsync(":");

    public async Task EndAsync()
    {
        while (await _lines.ReadLineAsync().WaitAsync(Patience, TestContext.Current.CancellationToken) is not null)
        {
        }
    }

    public void Dispose()
    {
        _lines.Dispose();
        _response.Dispose();
    }

    private async Task<string> LineAsync(string start)
    {
        while (true)
        {
            var line = await _lines.ReadLineAsync().WaitAsync(Patience, TestContext.Current.CancellationToken);
            Assert.NotNull(line);
            if (line.StartsWith(start, StringComparison.Ordinal))
            {
                return line;
            }
        }
    }
}
