using Inventory.Cassandra.Connections;
using Inventory.Cassandra.Errors;

namespace Inventory.Tests.Cassandra.Connections;

public sealed class StreamTableTests
{
    private readonly StreamTable _table = new(2);
    private readonly StreamTicket _ticket = new ControlOperation(deadline: 0).Ticket;
    private readonly List<StreamTicket> _found = [];

    [Fact]
    public void Ids_run_out_and_come_back_with_their_answers()
    {
        Assert.True(_table.TryTake(_ticket, 1, 10, out var first));
        Assert.True(_table.TryTake(_ticket, 1, 10, out var second));
        Assert.NotEqual(first, second);
        Assert.False(_table.TryTake(_ticket, 1, 10, out _));
        Assert.Equal(2, _table.InUse);

        Assert.True(_table.Answered(first, out var answered, out var sentAt));
        Assert.Equal((_ticket, 1L), (answered, sentAt));
        _table.FreeAnswered();
        Assert.True(_table.TryTake(_ticket, 1, 10, out var third));
        Assert.Equal(first, third);
    }

    [Fact]
    public void An_expired_id_stays_out_of_use_until_its_late_answer()
    {
        _table.TryTake(_ticket, 1, 10, out var first);
        _table.TryTake(_ticket, 1, 20, out _);
        Assert.Equal(1, _table.Expire(15, _found));
        Assert.Equal([_ticket], _found);
        Assert.Equal(1, _table.Expire(16, _found));
        Assert.Single(_found);
        Assert.False(_table.TryTake(_ticket, 1, 10, out _));

        Assert.False(_table.Answered(first, out _, out _));
        _table.FreeAnswered();
        Assert.Equal(0, _table.Expire(16, _found));
        Assert.True(_table.TryTake(_ticket, 1, 10, out _));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(-1)]
    [InlineData(short.MinValue)]
    [InlineData(short.MaxValue)]
    public void An_answer_where_nothing_was_asked_is_refused(short stream) =>
        Assert.Throws<CassandraProtocolException>(() => _table.Answered(stream, out _, out _));

    [Fact]
    public void The_same_answer_twice_is_refused()
    {
        _table.TryTake(_ticket, 1, 10, out var stream);
        _table.Answered(stream, out _, out _);
        Assert.Throws<CassandraProtocolException>(() => _table.Answered(stream, out _, out _));
    }

    [Fact]
    public void What_is_under_way_at_the_end_is_found_once()
    {
        _table.TryTake(_ticket, 1, 10, out _);
        _table.TryTake(_ticket, 1, 20, out _);
        _table.Expire(15, []);
        _table.Drain(_found);
        Assert.Single(_found);
    }
}
