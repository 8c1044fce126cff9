using System.Diagnostics;
using Inventory.Cassandra;
using Inventory.Cassandra.Connections;
using Inventory.Cassandra.Errors;
using Inventory.Cassandra.Protocol;
using Inventory.Contracts.Stocks;
using Inventory.Tests.Cassandra.Fakes;

namespace Inventory.Tests.Cassandra;

/// <summary>What becomes of a request when the server is slow, gone, wrong or full.</summary>
public sealed class RequestTests
{
    private static readonly StockKey Key = new(1, 2);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_slow_answer_ends_in_a_timeout_and_its_stream_stays_out_of_use_until_it_comes()
    {
        await using var node = new FakeNode();
        var late = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        node.Script = request => request.Opcode == Opcode.Execute && node.CountOf(Opcode.Execute) == 1
            ? new FakeReply(FakeFrames.Level(request, FakeNode.Level with { StockCount = 666 }), late.Task)
            : null;
        await using var client = await TestClients.ConnectAsync(node, static options =>
        {
            options.ReadTimeout = TimeSpan.FromMilliseconds(200);
            options.MaxRequestsInFlight = 2;
        });

        var began = Stopwatch.GetTimestamp();
        await Assert.ThrowsAsync<CassandraTimeoutException>(() => client.ReadAsync(Key, Stop).AsTask());
        Assert.InRange(Stopwatch.GetElapsedTime(began).TotalMilliseconds, 190, 5000);

        // One of two streams is left: it serves all the others, none of which gets the late answer.
        for (var count = 0; count < 50; count++)
        {
            Assert.Equal(FakeNode.Level, await client.ReadAsync(Key, Stop));
        }

        var lateStream = node.Requests.First(static request => request.Opcode == Opcode.Execute).Stream;
        Assert.DoesNotContain(
            node.Requests.Where(static request => request.Opcode == Opcode.Execute).Skip(1),
            request => request.Stream == lateStream);

        late.SetResult();
        await Eventually.IsTrueAsync(() => client.Cluster.Connections().All(static connection => connection.Load == 0));
        Assert.Equal(FakeNode.Level, await client.ReadAsync(Key, Stop));
        Assert.True(client.IsUsable);
    }

    [Theory]
    [InlineData(2048, 64, 1)]
    [InlineData(2048, 65, 2)]
    [InlineData(2, 2, 1)]
    [InlineData(2, 3, 2)]
    public async Task Requests_of_a_node_share_a_connection_until_it_is_filled(int maxInFlight, int reads, int connections)
    {
        await using var node = new FakeNode();
        var answer = node.HoldLevels();
        await using var client = await TestClients.ConnectAsync(node, options =>
        {
            options.ConnectionsPerNode = 2;
            options.MaxRequestsInFlight = maxInFlight;
        });
        await Eventually.IsTrueAsync(() => client.Cluster.Connections().Count() == 2);

        var reading = Enumerable.Range(0, reads).Select(_ => client.ReadAsync(Key, Stop).AsTask()).ToArray();
        Assert.Equal(connections, client.Cluster.Connections().Count(static connection => connection.Load > 0));

        answer.SetResult();
        Assert.All(await Task.WhenAll(reading), static level => Assert.Equal(FakeNode.Level, level));
    }

    [Fact]
    public async Task Callers_keep_to_the_connection_that_answered_them_until_it_has_more_than_its_share()
    {
        await using var node = new FakeNode();
        var answer = node.HoldLevels();
        await using var client = await TestClients.ConnectAsync(node, static options => options.ConnectionsPerNode = 2);
        await Eventually.IsTrueAsync(() => client.Cluster.Connections().Count() == 2);
        var reading = new List<Task<StockLevel?>>();
        Read(200);
        var (other, answered) = (client.Cluster.Connections().First(), client.Cluster.Connections().Last());
        Assert.Equal((100, 100), (other.Load, answered.Load));

        // As if it had let them continue.
        using (FlushScope.Enter(answered))
        {
            Read(220);
            Assert.Equal((100, 320), (other.Load, answered.Load));
            Read(50);
            Assert.Equal((150, 320), (other.Load, answered.Load));
        }

        Read(50);
        Assert.Equal((200, 320), (other.Load, answered.Load));
        answer.SetResult();
        Assert.All(await Task.WhenAll(reading), static level => Assert.Equal(FakeNode.Level, level));

        void Read(int count)
        {
            for (var left = count; left > 0; left--)
            {
                reading.Add(client.ReadAsync(Key, Stop).AsTask());
            }
        }
    }

    [Fact]
    public async Task Callers_do_not_wait_for_a_stream_of_the_connection_that_answered_them_while_another_has_some()
    {
        await using var node = new FakeNode();
        var answer = node.HoldLevels();
        await using var client = await TestClients.ConnectAsync(node, static options =>
        {
            options.ConnectionsPerNode = 2;
            options.MaxRequestsInFlight = 2;
        });
        await Eventually.IsTrueAsync(() => client.Cluster.Connections().Count() == 2);
        var (other, answered) = (client.Cluster.Connections().First(), client.Cluster.Connections().Last());
        Task<StockLevel?>[] reading;

        using (FlushScope.Enter(answered))
        {
            reading = [.. Enumerable.Range(0, 4).Select(_ => client.ReadAsync(Key, Stop).AsTask())];
        }

        Assert.Equal((2, 2), (other.Load, answered.Load));
        answer.SetResult();
        Assert.All(await Task.WhenAll(reading), static level => Assert.Equal(FakeNode.Level, level));
    }

    [Fact]
    public async Task A_caller_who_blocks_longer_than_a_read_may_take_still_has_all_of_that_time_for_the_next()
    {
        var timeout = TimeSpan.FromMilliseconds(500);
        await using var node = new FakeNode();
        node.Script = request => request.Opcode == Opcode.Execute
            ? new FakeReply(FakeFrames.Level(request, FakeNode.Level), Task.Delay(timeout / 5, Stop))
            : null;
        await using var client = await TestClients.ConnectAsync(node, options => options.ReadTimeout = timeout);

        // Where no context of the test's takes the caller away from the thread that received the answer.
        var second = await Task.Run(
            async () =>
            {
                await client.ReadAsync(Key, Stop);
                Thread.Sleep(timeout * 2);
                return await client.ReadAsync(Key, Stop);
            },
            Stop);

        Assert.Equal(FakeNode.Level, second);
    }

    [Fact]
    public async Task A_cancelled_read_ends_at_once_and_its_late_answer_reaches_nobody()
    {
        await using var node = new FakeNode();
        var late = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        node.Script = request => request.Opcode == Opcode.Execute && node.CountOf(Opcode.Execute) == 1
            ? new FakeReply(FakeFrames.Level(request, FakeNode.Level with { StockCount = 666 }), late.Task)
            : null;
        await using var client = await TestClients.ConnectAsync(node);
        using var cancellation = new CancellationTokenSource();

        var read = client.ReadAsync(Key, cancellation.Token).AsTask();
        await Eventually.IsTrueAsync(() => node.CountOf(Opcode.Execute) == 1);
        await cancellation.CancelAsync();
        var error = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => read);
        Assert.Equal(cancellation.Token, error.CancellationToken);

        late.SetResult();
        var reads = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => client.ReadAsync(Key, Stop).AsTask()));
        Assert.All(reads, static level => Assert.Equal(FakeNode.Level, level));
    }

    [Fact]
    public async Task A_token_that_is_cancelled_already_sends_nothing()
    {
        await using var node = new FakeNode();
        await using var client = await TestClients.ConnectAsync(node);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => client.ReadAsync(Key, new CancellationToken(canceled: true)).AsTask());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => client.ReadItemAsync(1, new CancellationToken(canceled: true)).AsTask());
        Assert.Equal(0, node.CountOf(Opcode.Execute));
    }

    [Fact]
    public async Task A_cancelled_batch_ends_when_all_of_its_reads_have()
    {
        await using var node = new FakeNode();
        node.Script = static request => request.Opcode == Opcode.Execute ? FakeReply.Nothing : null;
        await using var client = await TestClients.ConnectAsync(node);
        using var cancellation = new CancellationTokenSource();
        var keys = Enumerable.Range(1, 100).Select(static item => new StockKey(item, 1)).ToArray();

        var batch = client.ReadManyAsync(keys, new StockLevel?[100], cancellation.Token).AsTask();
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => batch);
    }

    [Fact]
    public async Task Many_reads_share_few_streams_and_one_too_many_is_refused()
    {
        await using var node = new FakeNode();
        var gate = node.HoldLevels();
        await using var client = await TestClients.ConnectAsync(node, static options =>
        {
            options.MaxRequestsInFlight = 8;
            options.MaxRequestsWaiting = 24;
        });

        var reads = Enumerable.Range(0, 32).Select(_ => client.ReadAsync(Key, Stop).AsTask()).ToArray();
        await Assert.ThrowsAsync<CassandraBusyException>(() => client.ReadAsync(Key, Stop).AsTask());
        await Eventually.IsTrueAsync(() => node.CountOf(Opcode.Execute) == 8);
        gate.SetResult();
        Assert.All(await Task.WhenAll(reads), static level => Assert.Equal(FakeNode.Level, level));
        Assert.True(node.Requests.Max(static request => request.Stream) < 8);
    }

    [Fact]
    public async Task A_statement_that_the_server_forgot_is_prepared_once_for_all_who_need_it()
    {
        await using var node = new FakeNode();
        var forgotten = true;
        node.Script = request =>
        {
            if (request.Opcode == Opcode.Prepare)
            {
                forgotten = false;
            }

            return request.Opcode == Opcode.Execute && Volatile.Read(ref forgotten)
                ? FakeFrames.Error(request, CassandraErrorCode.Unprepared)
                : null;
        };
        await using var client = await TestClients.ConnectAsync(node);
        var before = node.CountOf(Opcode.Prepare);
        Volatile.Write(ref forgotten, true);

        var reads = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => client.ReadAsync(Key, Stop).AsTask()));
        Assert.All(reads, static level => Assert.Equal(FakeNode.Level, level));
        Assert.Equal(before + 1, node.CountOf(Opcode.Prepare));
    }

    [Fact]
    public async Task A_server_that_forgets_the_statement_every_time_is_not_asked_for_ever()
    {
        await using var node = new FakeNode();
        node.Script = static request => request.Opcode == Opcode.Execute
            ? FakeFrames.Error(request, CassandraErrorCode.Unprepared)
            : null;
        await using var client = await TestClients.ConnectAsync(node);
        var error = await Assert.ThrowsAsync<CassandraServerException>(() => client.ReadAsync(Key, Stop).AsTask());
        Assert.Equal(CassandraErrorCode.Unprepared, error.Code);
    }

    [Fact]
    public async Task An_error_frame_of_every_code_is_an_exception_with_that_code_and_the_connection_lives()
    {
        await using var node = new FakeNode();
        var code = default(CassandraErrorCode);
        node.Script = request => request.Opcode == Opcode.Execute ? FakeFrames.Error(request, code) : null;
        await using var client = await TestClients.ConnectAsync(node);
        var connection = client.Cluster.Connections().Single();
        foreach (var each in Enum.GetValues<CassandraErrorCode>().Append((CassandraErrorCode)0x7777))
        {
            code = each;
            var error = await Assert.ThrowsAsync<CassandraServerException>(() => client.ReadAsync(Key, Stop).AsTask());
            Assert.Equal(each, error.Code);
            Assert.Contains("scripted", error.Message, StringComparison.Ordinal);
        }

        node.Script = static _ => null;
        Assert.Equal(FakeNode.Level, await client.ReadAsync(Key, Stop));
        Assert.Same(connection, client.Cluster.Connections().Single());
    }

    [Fact]
    public async Task A_row_with_a_null_column_fails_its_read_and_nothing_else()
    {
        await using var node = new FakeNode();
        var isNull = true;
        node.Script = request => request.Opcode == Opcode.Execute && isNull
            ? FakeFrames.Rows(request, [null, FakeFrames.Long(1), FakeFrames.Long(1)])
            : null;
        await using var client = await TestClients.ConnectAsync(node);
        var connection = client.Cluster.Connections().Single();
        await Assert.ThrowsAsync<CassandraDataException>(() => client.ReadAsync(Key, Stop).AsTask());
        isNull = false;
        Assert.Equal(FakeNode.Level, await client.ReadAsync(Key, Stop));
        Assert.Same(connection, client.Cluster.Connections().Single());
    }

    [Fact]
    public async Task Requests_on_a_connection_that_is_lost_fail_and_the_client_comes_back_by_itself()
    {
        await using var node = new FakeNode();
        node.Script = static request => request.Opcode == Opcode.Execute ? FakeReply.Nothing : null;
        await using var client = await TestClients.ConnectAsync(node);
        var reads = Enumerable.Range(0, 20).Select(_ => client.ReadAsync(Key, Stop).AsTask()).ToArray();
        await Eventually.IsTrueAsync(() => node.CountOf(Opcode.Execute) == 20);

        node.Script = static _ => null;
        node.Drop();
        foreach (var read in reads)
        {
            await Assert.ThrowsAsync<CassandraConnectionException>(() => read);
        }

        await Eventually.IsTrueAsync(() => client.IsUsable);
        Assert.Equal(FakeNode.Level, await client.ReadAsync(Key, Stop));
    }

    [Fact]
    public async Task A_caller_who_blocks_the_thread_that_receives_holds_up_nobody_for_long()
    {
        await using var node = new FakeNode();
        await using var client = await TestClients.ConnectAsync(node);
        await ReadAndBlockAsync(client);
        Assert.Equal(FakeNode.Level, await client.ReadAsync(Key, Stop));
    }

    [Fact]
    public async Task Callers_who_take_long_do_not_keep_the_others_waiting()
    {
        await using var node = new FakeNode();
        await using var client = await TestClients.ConnectAsync(node);
        async Task ReadAndComputeAsync(int rounds)
        {
            for (var round = 0; round < rounds; round++)
            {
                Assert.Equal(FakeNode.Level, await client.ReadAsync(Key, Stop).ConfigureAwait(false));
                Thread.SpinWait(2000);
            }
        }

        await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => ReadAndComputeAsync(50)));
    }

    private static async Task ReadAndBlockAsync(CassandraClient client)
    {
        for (var count = 0; count < 20; count++)
        {
            // Not on the runner's threads.
            await client.ReadAsync(Key, Stop).ConfigureAwait(false);
            // Now on the thread that received the answer, and the next one can't be received here.
            var blocked = client.ReadAsync(Key, Stop).AsTask();
            Assert.True(blocked.Wait(TimeSpan.FromSeconds(10), Stop), "The second read hung behind the first.");
        }
    }
}
