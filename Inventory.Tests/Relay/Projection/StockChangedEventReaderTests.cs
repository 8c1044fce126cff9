using System.Text;
using Inventory.Contracts.Events;

namespace Inventory.Tests.Relay.Projection;

public sealed class StockChangedEventReaderTests
{
    private const string Good = """
        {"id":"1:2:3","source":"/inventory/commands","type":"inventory.stock-changed.v1","specversion":"1.0","subject":"1:2",
         "time":"2026-11-22T08:00:00Z","datacontenttype":"application/json","traceparent":"00-1-2-01","newattribute":true,
         "data":{"vendorItemId":1,"fulfillmentCenterId":2,"stockCount":4,"version":3,"updatedAt":"2026-11-22T08:00:00Z",
                 "cause":{"type":"order-placed","id":"0197a0c1-0000-7000-8000-000000000001"}}}
        """;

    [Fact]
    public void An_event_is_read_with_its_trace_whatever_a_newer_writer_added()
    {
        Assert.True(StockChangedEventReader.TryRead(Message(Good), out var received, out _));

        Assert.Equal("00-1-2-01", received.TraceParent);
        Assert.Equal((4, 3L), (received.Data.StockCount, received.Data.Version));
    }

    [Theory]
    [InlineData(null, "no value")]
    [InlineData("", "not the JSON")]
    [InlineData("stock", "not the JSON")]
    [InlineData("null", "no value")]
    [InlineData("{}", "type")]
    [InlineData("[]", "not the JSON")]
    public void What_is_no_event_is_refused_with_the_reason(string? value, string reason)
    {
        Assert.False(StockChangedEventReader.TryRead(Message(value), out _, out var told));
        Assert.Contains(reason, told, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("inventory.stock-changed.v1", "inventory.stock-changed.v2", "type")]
    [InlineData("\"stockCount\":4", "\"stockCount\":-4", "negative")]
    [InlineData("\"stockCount\":4", "\"stockCount\":\"4\"", "not the JSON")]
    [InlineData("\"version\":3", "\"version\":0", "version")]
    [InlineData("\"vendorItemId\":1", "\"vendorItemId\":0", "key")]
    public void An_event_out_of_range_is_refused_with_the_reason(string part, string other, string reason)
    {
        Assert.False(StockChangedEventReader.TryRead(Message(Good.Replace(part, other, StringComparison.Ordinal)), out _, out var told));
        Assert.Contains(reason, told, StringComparison.Ordinal);
    }

    private static byte[]? Message(string? value) => value is null ? null : Encoding.UTF8.GetBytes(value);
}
