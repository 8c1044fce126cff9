using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using Inventory.Contracts;
using Inventory.Contracts.Inbounds;
using Inventory.Contracts.Orders;
using Inventory.Contracts.Stocks;
using Inventory.Servers.Packages;
using Inventory.Servers.Processes;
using Inventory.Tests.Hosting;
using Inventory.Tests.Servers;
using Inventory.Tests.Telemetry;

namespace Inventory.Tests.EndToEnd;

/// <summary>
/// The whole system as the AppHost starts it, with servers of its own, started when a test first asks for it. Tests that
/// need it only talk to the gateway; those that break its parts are in <c>Faults</c> and put them together again.
/// </summary>
public sealed class RunningSystem : IAsyncLifetime
{
    private readonly Lazy<Task<AspireSystem>> _system;
    private readonly HttpClient _client = new();
    private TelemetryCollector? _telemetry;
    private long _nextVendorItemId = 1_000_000;

    public RunningSystem() => _system = new(StartAsync);

    internal TelemetryCollector Telemetry => _telemetry!;

    private static string Folder { get; } = Path.Combine(
        Repository.Root, ".inventory", "tests", $"system-{Environment.ProcessId.ToString(CultureInfo.InvariantCulture)}");

    private static string EndpointsPath => Path.Combine(Folder, "endpoints.json");

    internal Task<AspireSystem> SystemAsync() => _system.Value;

    /// <summary>An item that no other test uses.</summary>
    public long NewItem() => Interlocked.Increment(ref _nextVendorItemId);

    /// <summary>Sends a request to the gateway, with a token unless told otherwise.</summary>
    public async Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string path, HttpContent? content = null, bool withToken = true, string? traceParent = null)
    {
        var system = await SystemAsync();
        using var request = new HttpRequestMessage(method, new Uri(system.Endpoints.Gateway, path)) { Content = content };
        if (traceParent is not null)
        {
            request.Headers.Add("traceparent", traceParent);
        }

        if (withToken)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", system.Endpoints.Token);
        }

        return await _client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    public Task<HttpResponseMessage> PostAsync(string path, string json) =>
        SendAsync(HttpMethod.Post, path, new StringContent(json, Encoding.UTF8, "application/json"));

    public async Task<InboundAnswer> ReceiveAsync(params QuantityLine[] lines)
    {
        var content = JsonContent.Create(
            new ReceiveInboundRequest(Guid.NewGuid(), lines), ApiJson.Default.ReceiveInboundRequest);
        using var response = await SendAsync(HttpMethod.Post, "/api/inbounds", content);
        await ExpectAsync(response, HttpStatusCode.Created);
        return (await response.Content.ReadFromJsonAsync(ApiJson.Default.InboundAnswer, TestContext.Current.CancellationToken))!;
    }

    public async Task<OrderAnswer> PlaceAsync(Guid orderId, params QuantityLine[] lines)
    {
        var content = JsonContent.Create(new PlaceOrderRequest(orderId, lines), ApiJson.Default.PlaceOrderRequest);
        using var response = await SendAsync(HttpMethod.Post, "/api/orders", content);
        await ExpectAsync(response, HttpStatusCode.Created);
        return (await response.Content.ReadFromJsonAsync(ApiJson.Default.OrderAnswer, TestContext.Current.CancellationToken))!;
    }

    /// <summary>Reads a key at the gateway until it has the version.</summary>
    public async Task<StockAnswer> ReadAsync(StockKey key, long version)
    {
        var deadline = DateTime.UtcNow.AddSeconds(60);
        while (true)
        {
            using var response = await SendAsync(
                HttpMethod.Get, $"/api/stocks/{key.VendorItemId}/{key.FulfillmentCenterId}", withToken: false);
            if (response.StatusCode == HttpStatusCode.OK)
            {
                var answer = (await response.Content.ReadFromJsonAsync(ApiJson.Default.StockAnswer, TestContext.Current.CancellationToken))!;
                if (answer.Version >= version)
                {
                    return answer;
                }
            }

            Assert.True(DateTime.UtcNow < deadline, $"{key} did not reach version {version} within a minute.");
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Runs <c>./inventory verify</c>, which fails at the first difference.</summary>
    public async Task VerifyAsync()
    {
        await SystemAsync();
        await ChildProcess.RunAsync(
            new ChildProcessOptions
            {
                Name = "verify",
                FileName = "dotnet",
                Arguments = [BuiltProgram.Assembly("Inventory.Tools"), "verify", "--endpoints", EndpointsPath],
                LogFile = Path.Combine(Folder, "verify.log"),
            },
            TestContext.Current.CancellationToken);
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (_system.IsValueCreated && await _system.Value.ContinueWith(start => start.IsCompletedSuccessfully, TaskScheduler.Default))
        {
            await (await _system.Value).DisposeAsync();
            Directory.Delete(Folder, recursive: true);
        }

        if (_telemetry is not null)
        {
            await _telemetry.DisposeAsync();
        }

        _client.Dispose();
    }

    private async Task<AspireSystem> StartAsync()
    {
        _telemetry = await TelemetryCollector.StartAsync();
        return await AspireSystem.StartAsync(
            Folder,
            _telemetry.Address,
            "--topic-partitions", RealServers.TopicPartitions.ToString(CultureInfo.InvariantCulture));
    }

    private static async Task ExpectAsync(HttpResponseMessage response, HttpStatusCode status) =>
        Assert.True(
            response.StatusCode == status,
            $"{(int)response.StatusCode}: {await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)}");
}
