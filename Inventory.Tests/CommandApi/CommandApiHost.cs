using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Inventory.AppHost.Endpoints;
using Inventory.CommandApi;
using Inventory.Contracts;
using Inventory.Contracts.Corrections;
using Inventory.Contracts.Inbounds;
using Inventory.Contracts.Orders;
using Inventory.Contracts.Reservations;
using Inventory.Servers.Postgres;
using Inventory.Tests.Postgres;
using Microsoft.AspNetCore.Builder;

namespace Inventory.Tests.CommandApi;

/// <summary>Instances of CommandApi in this process, on one real database.</summary>
internal sealed class CommandApiHost : IAsyncDisposable
{
    private readonly List<WebApplication> _instances;

    private CommandApiHost(TestDatabase database, List<WebApplication> instances, IReadOnlyList<HttpClient> clients)
    {
        Database = database;
        _instances = instances;
        Clients = clients;
    }

    public TestDatabase Database { get; }

    /// <summary>One for each instance.</summary>
    public IReadOnlyList<HttpClient> Clients { get; }

    private HttpClient Client => Clients[0];

    public static async Task<CommandApiHost> StartAsync(
        PostgresServer server, int instances = 1, params IEnumerable<string> settings) =>
        await StartAsync(await TestDatabase.CreateAsync(server), instances, settings);

    /// <summary>On a database that the host takes over.</summary>
    public static async Task<CommandApiHost> StartAsync(
        TestDatabase database, int instances = 1, params IEnumerable<string> settings)
    {
        var tokens = new DevelopmentTokens(Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)));
        var arguments = tokens.Environment
            .Append(new($"ConnectionStrings__{ResourceNames.Database}", database.ConnectionString))
            .Append(new("URLS", "http://127.0.0.1:0"))
            .Append(new("Logging__LogLevel__Default", "None"))
            .Select(variable => $"--{variable.Key.Replace("__", ":", StringComparison.Ordinal)}={variable.Value}")
            .Concat(settings)
            .ToArray();

        var applications = new List<WebApplication>();
        var clients = new List<HttpClient>();
        for (var instance = 0; instance < instances; instance++)
        {
            var application = CommandApiApplication.Build(arguments);
            await application.StartAsync(TestContext.Current.CancellationToken);
            applications.Add(application);
            var client = new HttpClient { BaseAddress = new Uri(application.Urls.Single()) };
            client.DefaultRequestHeaders.Authorization =
                new AuthenticationHeaderValue("Bearer", tokens.Create("inventory.write"));
            clients.Add(client);
        }

        return new CommandApiHost(database, applications, clients);
    }

    public Task<HttpResponseMessage> PostAsync(string path, string json) => PostAsync(Client, path, json);

    public static Task<HttpResponseMessage> PostAsync(HttpClient client, string path, string json) =>
        client.PostAsync(
            new Uri(path, UriKind.Relative),
            new StringContent(json, System.Text.Encoding.UTF8, "application/json"),
            TestContext.Current.CancellationToken);

    public static Task<HttpResponseMessage> PlaceAsync(HttpClient client, Guid orderId, params QuantityLine[] lines) =>
        client.PostAsJsonAsync(
            new Uri("/orders", UriKind.Relative),
            new PlaceOrderRequest(orderId, lines),
            ApiJson.Default.PlaceOrderRequest,
            TestContext.Current.CancellationToken);

    public Task<HttpResponseMessage> PlaceAsync(Guid orderId, params QuantityLine[] lines) => PlaceAsync(Client, orderId, lines);

    public static Task<HttpResponseMessage> ReceiveAsync(HttpClient client, Guid inboundId, params QuantityLine[] lines) =>
        client.PostAsJsonAsync(
            new Uri("/inbounds", UriKind.Relative),
            new ReceiveInboundRequest(inboundId, lines),
            ApiJson.Default.ReceiveInboundRequest,
            TestContext.Current.CancellationToken);

    public Task<HttpResponseMessage> ReceiveAsync(Guid inboundId, params QuantityLine[] lines) =>
        ReceiveAsync(Client, inboundId, lines);

    public Task<HttpResponseMessage> CancelAsync(Guid orderId) => CancelAsync(Client, orderId);

    public static Task<HttpResponseMessage> CancelAsync(HttpClient client, Guid orderId) =>
        client.PostAsync(
            new Uri($"/orders/{orderId}/cancel", UriKind.Relative), content: null, TestContext.Current.CancellationToken);

    public Task<HttpResponseMessage> FindAsync(string orderId) =>
        Client.GetAsync(new Uri($"/orders/{orderId}", UriKind.Relative), TestContext.Current.CancellationToken);

    /// <summary>Gives back some pieces of an order.</summary>
    public static Task<HttpResponseMessage> CancelAsync(
        HttpClient client, Guid orderId, Guid? cancellationId, params QuantityLine[]? lines) =>
        client.PostAsJsonAsync(
            new Uri($"/orders/{orderId}/cancel", UriKind.Relative),
            new CancelOrderRequest(lines, cancellationId),
            ApiJson.Default.CancelOrderRequest,
            TestContext.Current.CancellationToken);

    public static Task<HttpResponseMessage> ReserveAsync(HttpClient client, ReserveRequest reservation) =>
        client.PostAsJsonAsync(
            new Uri("/reservations", UriKind.Relative),
            reservation,
            ApiJson.Default.ReserveRequest,
            TestContext.Current.CancellationToken);

    public static Task<HttpResponseMessage> ConfirmAsync(HttpClient client, Guid reservationId) =>
        client.PostAsync(
            new Uri($"/reservations/{reservationId}/confirm", UriKind.Relative),
            content: null,
            TestContext.Current.CancellationToken);

    public static Task<HttpResponseMessage> ReleaseAsync(HttpClient client, Guid reservationId) =>
        client.DeleteAsync(
            new Uri($"/reservations/{reservationId}", UriKind.Relative), TestContext.Current.CancellationToken);

    public static Task<HttpResponseMessage> CorrectAsync(
        HttpClient client, Guid correctionId, string reason, params CorrectionLine[] lines) =>
        client.PostAsJsonAsync(
            new Uri("/corrections", UriKind.Relative),
            new CorrectStockRequest(lines, reason, correctionId),
            ApiJson.Default.CorrectStockRequest,
            TestContext.Current.CancellationToken);

    public Task<HttpResponseMessage> GetAsync(string path) =>
        Client.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);

    public Task<int> StockAsync(long vendorItemId, int fulfillmentCenterId = 1) => Database.ScalarAsync<int>(
        "SELECT stock_count FROM stock WHERE (vendor_item_id, fulfillment_center_id) = ($1, $2)",
        vendorItemId, fulfillmentCenterId);

    /// <summary>Expects success and reads the answer.</summary>
    public static Task<OrderAnswer> OrderAsync(Task<HttpResponseMessage> sending, HttpStatusCode expected) =>
        AnswerAsync(sending, expected, ApiJson.Default.OrderAnswer);

    public static Task<InboundAnswer> InboundAsync(Task<HttpResponseMessage> sending) =>
        AnswerAsync(sending, HttpStatusCode.Created, ApiJson.Default.InboundAnswer);

    public static async Task<T> AnswerAsync<T>(
        Task<HttpResponseMessage> sending, HttpStatusCode expected, JsonTypeInfo<T> type)
    {
        using var response = await sending;
        var body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(expected == response.StatusCode, body);
        return JsonSerializer.Deserialize(body, type)!;
    }

    /// <summary>Expects a problem of this status and code, in the form of RFC 9457.</summary>
    public static async Task<JsonElement> ProblemAsync(
        Task<HttpResponseMessage> sending, HttpStatusCode status, string code)
    {
        using var response = await sending;
        return await ProblemAssert.IsAsync(response, status, code);
    }

    public Task StopInstancesAsync() => Task.WhenAll(_instances.Select(instance => instance.StopAsync()));

    public async ValueTask DisposeAsync()
    {
        foreach (var instance in _instances)
        {
            await instance.DisposeAsync();
        }

        foreach (var client in Clients)
        {
            client.Dispose();
        }

        await Database.DisposeAsync();
    }
}
