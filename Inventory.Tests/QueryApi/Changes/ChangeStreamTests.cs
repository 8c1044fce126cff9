using System.Globalization;
using System.Net;
using Inventory.Contracts.Problems;
using Inventory.Contracts.Stocks;
using Inventory.Tests.Gateway;
using Inventory.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Inventory.Tests.QueryApi.Changes;

/// <summary>Server-sent events of a real Cassandra, through the real gateway.</summary>
public sealed class ChangeStreamTests(QueryApiFixture fixture) : IClassFixture<QueryApiFixture>, IAsyncLifetime
{
    private ServiceHost _gateway = null!;

    public async ValueTask InitializeAsync() => _gateway = await GatewayHost.StartAsync(
        ("services:query-api:http:0", fixture.Host.Address.ToString()),
        GatewayHost.Nobody("command-api"));

    public ValueTask DisposeAsync() => _gateway.DisposeAsync();

    [Fact]
    public async Task A_client_gets_the_level_and_then_every_newer_version_once()
    {
        await WriteAsync(31, version: 5, count: 10);
        using var stream = await OpenAsync("/api/stocks/31/3/changes");

        Assert.Equal((5L, 10), await stream.NextAsync());
        await WriteAsync(31, version: 6, count: 9);
        Assert.Equal((6L, 9), await stream.NextAsync());
        await WriteAsync(31, version: 4, count: 99);
        await WriteAsync(31, version: 7, count: 8);
        Assert.Equal((7L, 8), await stream.NextAsync());
    }

    [Fact]
    public async Task A_client_that_comes_back_is_not_told_what_it_knows()
    {
        await WriteAsync(32, version: 5, count: 10);
        using var stream = await OpenAsync("/api/stocks/32/3/changes", lastEventId: 5);

        await WriteAsync(32, version: 6, count: 9);

        Assert.Equal((6L, 9), await stream.NextAsync());
    }

    [Fact]
    public async Task A_stream_on_which_nothing_changes_stays_open_by_heartbeats()
    {
        await WriteAsync(33, version: 5, count: 10);
        using var stream = await OpenAsync("/api/stocks/33/3/changes");
        await stream.NextAsync();

        await stream.HeartbeatAsync();
        await stream.HeartbeatAsync();
    }

    [Fact]
    public async Task A_key_that_is_not_on_record_is_a_404_problem()
    {
        using var response = await _gateway.ReadAsync("/api/stocks/34/3/changes");

        await ProblemAssert.IsAsync(response, HttpStatusCode.NotFound, ProblemCodes.StockKeyNotFound);
    }

    [Fact]
    public async Task A_service_that_stops_ends_its_streams_at_once()
    {
        await WriteAsync(35, version: 5, count: 10);
        await using var service = await QueryApiHost.StartAsync(fixture.Keyspace.ConnectionString);
        await Eventually.IsTrueAsync(async () =>
        {
            using var health = await service.ReadAsync("/health");
            return health.IsSuccessStatusCode;
        });
        using var stream = await OpenAsync("/stocks/35/3/changes", client: service.Client);
        await stream.NextAsync();

        service.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();

        await stream.EndAsync();
    }

    private ValueTask WriteAsync(long item, long version, int count) => fixture.Keyspace.WriteAsync(
        item, 3, new StockLevel(count, version, DateTimeOffset.UnixEpoch));

    private async Task<EventReader> OpenAsync(string path, long? lastEventId = null, HttpClient? client = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (lastEventId is { } id)
        {
            request.Headers.Add("Last-Event-ID", id.ToString(CultureInfo.InvariantCulture));
        }

        var response = await (client ?? _gateway.Client).SendAsync(
            request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        return await EventReader.OpenAsync(response);
    }
}
