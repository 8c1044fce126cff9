using System.Net;
using Inventory.Contracts.Orders;
using Inventory.Contracts.Problems;
using Inventory.Tests.Servers;

namespace Inventory.Tests.CommandApi;

/// <summary>Orders that are committed together must not feel it.</summary>
public sealed class OrderGroupTests(RealServers servers)
{
    private const string OneLane = "--Orders:Lanes=1";

    [Fact]
    public async Task Orders_that_arrive_while_a_row_is_locked_are_committed_together_and_each_gets_its_own_version()
    {
        await using var api = await CommandApiHost.StartAsync(await servers.PostgresAsync(), settings: OneLane);
        await CommandApiHost.InboundAsync(api.ReceiveAsync(Guid.NewGuid(), new QuantityLine(1, 1, 100)));

        var orders = await WhileLockedAsync(api, 40, _ => api.PlaceAsync(Guid.NewGuid(), new QuantityLine(1, 1, 1)));

        var answers = await Task.WhenAll(orders.Select(order => CommandApiHost.OrderAsync(order, HttpStatusCode.Created)));
        Assert.Equal(Enumerable.Range(60, 40), answers.Select(answer => answer.Lines[0].StockCount).Order());
        Assert.Equal(40, answers.Select(answer => answer.Lines[0].Version).Distinct().Count());

        // The first one was on its way alone; the others share a transaction, which one clock reading shows.
        Assert.InRange(answers.Select(answer => answer.PlacedAt).Distinct().Count(), 1, 5);

        // Each change is in the ledger, the last one of each group in the outbox.
        Assert.Equal(41, await api.Database.ScalarAsync<long>("SELECT count(*) FROM stock_ledger"));
        Assert.Equal(
            1 + answers.Select(answer => answer.PlacedAt).Distinct().Count(),
            await api.Database.ScalarAsync<long>("SELECT count(*) FROM outbox"));
        Assert.Equal(
            await api.Database.ScalarAsync<long>("SELECT version FROM stock"),
            await api.Database.ScalarAsync<long>("SELECT version FROM outbox ORDER BY id DESC LIMIT 1"));
    }

    [Fact]
    public async Task The_last_pieces_go_to_whoever_came_first_and_the_others_are_told_what_is_left()
    {
        await using var api = await CommandApiHost.StartAsync(await servers.PostgresAsync(), settings: OneLane);
        await CommandApiHost.InboundAsync(api.ReceiveAsync(Guid.NewGuid(), new QuantityLine(1, 1, 7)));

        var orders = await WhileLockedAsync(api, 12, _ => api.PlaceAsync(Guid.NewGuid(), new QuantityLine(1, 1, 1)));

        var responses = await Task.WhenAll(orders);
        Assert.Equal(7, responses.Count(response => response.StatusCode == HttpStatusCode.Created));
        foreach (var rejected in responses.Where(response => response.StatusCode != HttpStatusCode.Created))
        {
            var problem = await ProblemAssert.IsAsync(rejected, HttpStatusCode.Conflict, ProblemCodes.NotEnoughStock);
            Assert.Equal(0, problem.GetProperty("shortages")[0].GetProperty("available").GetInt32());
        }
    }

    [Fact]
    public async Task A_duplicate_inside_a_group_gets_the_answer_of_the_first()
    {
        await using var api = await CommandApiHost.StartAsync(await servers.PostgresAsync(), settings: OneLane);
        await CommandApiHost.InboundAsync(api.ReceiveAsync(Guid.NewGuid(), new QuantityLine(1, 1, 10)));
        var orderId = Guid.NewGuid();

        var orders = await WhileLockedAsync(
            api, 8, index => api.PlaceAsync(orderId, new QuantityLine(1, 1, index < 6 ? 2 : 3)));

        var responses = await Task.WhenAll(orders);
        Assert.All(responses[..6], response => Assert.Equal(HttpStatusCode.Created, response.StatusCode));
        Assert.All(responses[6..], response => Assert.Equal(HttpStatusCode.UnprocessableEntity, response.StatusCode));
        Assert.Equal(1, await api.Database.ScalarAsync<long>("SELECT count(*) FROM orders"));
    }

    [Fact]
    public async Task An_order_that_fails_in_the_database_fails_alone()
    {
        await using var api = await CommandApiHost.StartAsync(await servers.PostgresAsync(), settings: OneLane);
        await CommandApiHost.InboundAsync(api.ReceiveAsync(Guid.NewGuid(), new QuantityLine(1, 1, 100)));
        await api.Database.ExecuteAsync("ALTER TABLE order_lines ADD CONSTRAINT poison CHECK (quantity <> 13)");

        var orders = await WhileLockedAsync(
            api, 10, index => api.PlaceAsync(Guid.NewGuid(), new QuantityLine(1, 1, index == 5 ? 13 : 1)));

        var responses = await Task.WhenAll(orders);
        Assert.Equal(9, responses.Count(response => response.StatusCode == HttpStatusCode.Created));
        Assert.Equal(HttpStatusCode.InternalServerError, responses[5].StatusCode);
        Assert.Equal(91, await api.Database.ScalarAsync<int>("SELECT stock_count FROM stock"));
        Assert.Equal(9, await api.Database.ScalarAsync<long>("SELECT count(*) FROM orders"));
    }

    [Fact]
    public async Task An_order_too_many_is_told_at_once_to_come_again()
    {
        await using var api = await CommandApiHost.StartAsync(
            await servers.PostgresAsync(), settings: [OneLane, "--Orders:QueueLength=3", "--Orders:MaximumGroup=1"]);
        await CommandApiHost.InboundAsync(api.ReceiveAsync(Guid.NewGuid(), new QuantityLine(1, 1, 100)));

        var orders = await WhileLockedAsync(api, 10, _ => api.PlaceAsync(Guid.NewGuid(), new QuantityLine(1, 1, 1)));

        var responses = await Task.WhenAll(orders);
        var refused = responses.Where(response => response.StatusCode == HttpStatusCode.ServiceUnavailable).ToList();
        Assert.InRange(refused.Count, 6, 7);
        Assert.All(refused, response => Assert.NotNull(response.Headers.RetryAfter));
        Assert.Equal(
            100 - (10 - refused.Count), await api.Database.ScalarAsync<int>("SELECT stock_count FROM stock"));
    }

    [Fact]
    public async Task Orders_that_wait_are_answered_before_the_service_stops()
    {
        var api = await CommandApiHost.StartAsync(await servers.PostgresAsync(), settings: OneLane);
        await CommandApiHost.InboundAsync(api.ReceiveAsync(Guid.NewGuid(), new QuantityLine(1, 1, 100)));
        Task stopping = Task.CompletedTask;

        var orders = await WhileLockedAsync(
            api,
            10,
            _ => api.PlaceAsync(Guid.NewGuid(), new QuantityLine(1, 1, 1)),
            beforeUnlock: () => stopping = api.StopInstancesAsync());

        await stopping;
        Assert.All(await Task.WhenAll(orders), response => Assert.Equal(HttpStatusCode.Created, response.StatusCode));
        await api.DisposeAsync();
    }

    /// <summary>Sends requests, one after the other, while another transaction holds the row of the key.</summary>
    private static async Task<Task<HttpResponseMessage>[]> WhileLockedAsync(
        CommandApiHost api, int count, Func<int, Task<HttpResponseMessage>> send, Action? beforeUnlock = null)
    {
        await using var connection = await api.Database.DataSource.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT 1 FROM stock FOR UPDATE";
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);

        var sent = new Task<HttpResponseMessage>[count];
        for (var index = 0; index < count; index++)
        {
            sent[index] = send(index);
            await Task.Delay(index == 0 ? 100 : 10, TestContext.Current.CancellationToken);
        }

        await Task.Delay(100, TestContext.Current.CancellationToken);
        beforeUnlock?.Invoke();
        await transaction.CommitAsync(TestContext.Current.CancellationToken);
        return sent;
    }
}
