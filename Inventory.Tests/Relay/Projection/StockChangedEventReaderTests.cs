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

    private static readonly DateTimeOffset Now = new(2026, 11, 23, 8, 0, 0, TimeSpan.Zero);

    [Fact]
    public void An_event_is_read_with_its_trace_whatever_a_newer_writer_added()
    {
        Assert.True(StockChangedEventReader.TryRead(Message(Good), Now, out var received, out _));

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
        Assert.False(StockChangedEventReader.TryRead(Message(value), Now, out _, out var told));
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
        Assert.False(StockChangedEventReader.TryRead(Message(Good.Replace(part, other, StringComparison.Ordinal)), Now, out _, out var told));
        Assert.Contains(reason, told, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"id\":\"1:2:3\",")]
    [InlineData("\"source\":\"/inventory/commands\",")]
    [InlineData("\"specversion\":\"1.0\",")]
    [InlineData("\"vendorItemId\":1,")]
    [InlineData("\"fulfillmentCenterId\":2,")]
    [InlineData("\"stockCount\":4,")]
    [InlineData("\"version\":3,")]
    [InlineData("\"updatedAt\":\"2026-11-22T08:00:00Z\",")]
    [InlineData(",\"cause\":{\"type\":\"order-placed\",\"id\":\"0197a0c1-0000-7000-8000-000000000001\"}")]
    [InlineData("\"type\":\"order-placed\",")]
    [InlineData(",\"id\":\"0197a0c1-0000-7000-8000-000000000001\"")]
    public void Bug_An_event_that_lacks_a_field_is_refused_and_not_completed_with_a_default(string part)
    {
        var good = string.Concat(Good.Split('\n').Select(line => line.Trim()));
        var without = good.Replace(part, "", StringComparison.Ordinal);
        Assert.NotEqual(good.Length, without.Length);

        Assert.False(StockChangedEventReader.TryRead(Message(without), Now, out _, out var told));
        Assert.Contains("not the JSON", told, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"version\":3", "\"version\":9223372036854775807", "ahead of the clock")]
    [InlineData("\"version\":3", "\"version\":1900000000000000000", "ahead of the clock")]
    [InlineData("\"version\":3", "\"version\":1827100000000000", "ahead of the clock")]
    [InlineData("\"version\":3", "\"version\":9223372036854775808", "not the JSON")]
    [InlineData("\"updatedAt\":\"2026", "\"updatedAt\":\"9999", "time")]
    [InlineData("\"updatedAt\":\"2026", "\"updatedAt\":\"0001", "time")]
    [InlineData("\"stockCount\":4", "\"stockCount\":2147483648", "not the JSON")]
    public void Bug_What_no_later_change_could_overtake_is_refused(string part, string other, string reason)
    {
        Assert.False(StockChangedEventReader.TryRead(
            Message(Good.Replace(part, other, StringComparison.Ordinal)), Now, out _, out var told));
        Assert.Contains(reason, told, StringComparison.Ordinal);
    }

    // 100 days: a database whose clock ran ahead for so long goes on.
    [Theory]
    [InlineData("\"version\":3", "\"version\":1")]
    [InlineData("\"version\":3", "\"version\":1804060800000000")]
    [InlineData("\"vendorItemId\":1", "\"vendorItemId\":9223372036854775807")]
    [InlineData("\"fulfillmentCenterId\":2", "\"fulfillmentCenterId\":2147483647")]
    [InlineData("\"stockCount\":4", "\"stockCount\":2147483647")]
    [InlineData("\"stockCount\":4", "\"stockCount\":0")]
    public void An_event_at_the_ends_of_the_ranges_is_read(string part, string other) => Assert.True(
        StockChangedEventReader.TryRead(Message(Good.Replace(part, other, StringComparison.Ordinal)), Now, out _, out _));

    private static byte[]? Message(string? value) => value is null ? null : Encoding.UTF8.GetBytes(value);
}
