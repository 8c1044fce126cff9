using System.Net;
using Inventory.Contracts;
using Inventory.Contracts.Orders;
using Inventory.Postgres.Migrations;
using Inventory.Tests.Postgres;
using Inventory.Tests.Servers;

namespace Inventory.Tests.CommandApi;

/// <summary>Orders that were placed when answers were stored and not made.</summary>
public sealed class UpgradeTests(RealServers servers)
{
    private const string Placed = "0197a0c1-0000-7000-8000-000000000001";
    private const string Cancelled = "0197a0c1-0000-7000-8000-000000000002";
    private const string FirstAnswer = """{"orderId":"of-before","lines":[{"vendorItemId":1,"fulfillmentCenterId":1,"stockCount":7,"version":70}]}""";
    private const string Cancellation = """{"lines":[{"vendorItemId":1,"fulfillmentCenterId":1,"stockCount":9,"version":90}]}""";

    // The hash of one line of 2 pieces of 1:1, as it was then: all 32 bytes.
    private const string Hash = "sha256(int8send(1) || int4send(1) || int4send(2))";

    private const string Rows = $$"""
        INSERT INTO stock VALUES (1, 1, 9, 90, now());
        INSERT INTO orders (order_id, request_hash, status, placed_at, cancelled_at, answer_status, answer, cancellation)
        VALUES ('{{Placed}}', {{Hash}}, 'placed', now(), NULL, 201, '{{FirstAnswer}}', NULL),
               ('{{Cancelled}}', {{Hash}}, 'cancelled', now(), now(), 201, '{{FirstAnswer}}', '{{Cancellation}}');
        INSERT INTO order_lines VALUES ('{{Placed}}', 1, 1, 2), ('{{Cancelled}}', 1, 1, 2);
        """;

    [Fact]
    public async Task Orders_of_before_are_repeated_read_and_cancelled_like_others()
    {
        await using var database = await TestDatabase.CreateEmptyAsync(await servers.PostgresAsync());
        await database.ExecuteAsync("CREATE TABLE schema_migrations (version integer)");
        foreach (var script in MigrationScript.All)
        {
            await ApplyAsync(database, script);
        }

        await using var api = await CommandApiHost.StartAsync(database);
        using var again = await api.PlaceAsync(Guid.Parse(Placed), new QuantityLine(1, 1, 2));
        using var other = await api.PlaceAsync(Guid.Parse(Placed), new QuantityLine(1, 1, 3));
        var read = await CommandApiHost.OrderAsync(api.FindAsync(Placed), HttpStatusCode.OK);
        var cancelled = await CommandApiHost.OrderAsync(api.FindAsync(Cancelled), HttpStatusCode.OK);
        var given = await CommandApiHost.OrderAsync(api.CancelAsync(Guid.Parse(Placed)), HttpStatusCode.OK);
        var ledger = await CommandApiHost.AnswerAsync(
            api.GetAsync("/stocks/1/1/ledger"), HttpStatusCode.OK, ApiJson.Default.LedgerAnswer);

        Assert.Equal(HttpStatusCode.Created, again.StatusCode);
        Assert.Equal(FirstAnswer, await again.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, other.StatusCode);
        Assert.Equal((OrderStatus.Placed, 7, 70L), (read.Status, read.Lines[0].StockCount, read.Lines[0].Version));
        Assert.Equal(
            (OrderStatus.Cancelled, 9, 2),
            (cancelled.Status, cancelled.Lines[0].StockCount, cancelled.Lines[0].CancelledQuantity));
        Assert.Equal((OrderStatus.Cancelled, 11), (given.Status, given.Lines[0].StockCount));
        Assert.Equal([2, 9], ledger.Entries.Select(entry => entry.Change));
    }

    private static async Task ApplyAsync(TestDatabase database, MigrationScript script)
    {
        if (script.Version == 3)
        {
            await database.ExecuteAsync(Rows);
        }

        foreach (var statement in script.IsOutsideOfTransaction ? script.Statements : [script.Sql])
        {
            await database.ExecuteAsync(statement);
        }
    }
}
