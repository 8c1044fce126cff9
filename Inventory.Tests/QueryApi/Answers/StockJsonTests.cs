using System.Buffers;
using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Inventory.Contracts;
using Inventory.Contracts.Stocks;
using Inventory.QueryApi.Answers;
using Inventory.QueryApi.Caching;

namespace Inventory.Tests.QueryApi.Answers;

/// <summary>What is written by hand for speed is what the serializer would write.</summary>
public sealed class StockJsonTests
{
    [Fact]
    public void An_answer_is_byte_for_byte_what_the_serializer_writes() =>
        Prop.ForAll(Rows().ToArbitrary(), row => Assert.Equal(
            JsonSerializer.Serialize(StockAnswer.From(row.Key, row.Level), ApiJson.Default.StockAnswer), Render(row)))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(1_000));

    [Fact]
    public void The_longest_answer_fits() => Assert.InRange(
        Render(new(new(long.MaxValue, int.MaxValue), new(int.MaxValue, long.MaxValue, DateTimeOffset.MaxValue))).Length,
        1,
        StockJson.MaximumBytes);

    [Fact]
    public void A_batch_is_byte_for_byte_what_the_serializer_writes() =>
        Prop.ForAll(Rows().ArrayOf(20).ToArbitrary(), rows =>
        {
            var keys = rows.Select(row => row.Key).ToArray();
            var stocks = rows.Select((row, index) => CachedStock.From(index % 3 == 0 ? null : row.Level, 0)).ToArray();
            var answer = new StockBatchAnswer(
                [.. rows.Where((_, index) => index % 3 != 0).Select(row => StockAnswer.From(row.Key, row.Level))],
                [.. keys.Where((_, index) => index % 3 == 0).Select(StockKeyField.From)]);
            var space = new byte[8_192];
            var length = BatchResponse.Render(keys, stocks, space);
            Assert.Equal(
                JsonSerializer.Serialize(answer, ApiJson.Default.StockBatchAnswer),
                Encoding.UTF8.GetString(space, 0, length));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(100));

    [Theory]
    [InlineData("""{"keys":[{"vendorItemId":7,"fulfillmentCenterId":3},{"fulfillmentCenterId":4,"vendorItemId":7}]}""", 2)]
    [InlineData(""" { "keys" : [ { "vendorItemId" : 7 , "fulfillmentCenterId" : 3 } ] } """, 1)]
    [InlineData("""{"keys":[{"vendorItemId":7,"vendorItemId":7}]}""", 0)]
    [InlineData("""{"keys":[{"vendorItemId":7,"fulfillmentCenterId":3},{"vendorItemId":7,"fulfillmentCenterId":3}]}""", 0)]
    [InlineData("""{"keys":[{"vendorItemId":7,"fulfillmentCenterId":3,"x":1}]}""", 0)]
    [InlineData("""{"keys":[{"vendorItemId":-7,"fulfillmentCenterId":3}]}""", 0)]
    [InlineData("""{"keys":[{"vendorItemId":7,"fulfillmentCenterId":3}]} 1""", 0)]
    [InlineData("""{"keys":[{"vendorItemId":7,"fulfillmentCenterId":3}],"more":1}""", 0)]
    [InlineData("""{"keys":[]}""", 0)]
    [InlineData("""{"keys":[{"vendorItemId":7""", 0)]
    [InlineData("", 0)]
    public void A_batch_that_is_as_it_should_be_is_read_at_once_and_any_other_is_looked_at_again(string body, int count) =>
        Assert.Equal(count, BatchBody.Parse(
            new ReadOnlySequence<byte>(Encoding.UTF8.GetBytes(body)), new StockKey[StockBatchRequest.MaximumKeys]));

    [Theory]
    [InlineData("\"5\"", true)]
    [InlineData("W/\"5\"", true)]
    [InlineData("\"4\", \"5\"", true)]
    [InlineData("\"4\",W/\"5\" ", true)]
    [InlineData("*", true)]
    [InlineData("\"4\"", false)]
    [InlineData("5", false)]
    [InlineData("\"55\"", false)]
    [InlineData("", false)]
    public void A_client_has_the_answer_if_one_of_its_tags_is_that_of_the_answer(string list, bool matches) =>
        Assert.Equal(matches, EntityTags.Matches(list, "\"5\""));

    [Theory]
    [InlineData("00:00:00", "no-cache")]
    [InlineData("00:00:00.1", "no-cache")]
    [InlineData("00:00:00.999", "no-cache")]
    [InlineData("00:00:01", "public, max-age=1")]
    [InlineData("00:00:02.9", "public, max-age=2")]
    public void Others_may_keep_an_answer_for_whole_seconds_of_the_bound_or_must_ask(string bound, string control) =>
        Assert.Equal(control, FreshnessHeaders.ControlFor(TimeSpan.Parse(bound, null)));

    private static string Render(StockRow row)
    {
        Span<byte> space = stackalloc byte[StockJson.MaximumBytes];
        return Encoding.UTF8.GetString(space[..StockJson.Write(row.Key, CachedStock.From(row.Level, 0), space)]);
    }

    private static Gen<StockRow> Rows() =>
        from item in Gen.OneOf(Gen.Choose(1, int.MaxValue).Select(number => (long)number), Gen.Constant(long.MaxValue))
        from center in Gen.Choose(1, int.MaxValue)
        from count in Gen.Choose(0, int.MaxValue)
        from version in Gen.Choose(1, int.MaxValue)
        from ticks in Gen.Elements(1, 10, 1_000, 10_000, 1_234_500, 10_000_000)
        from times in Gen.Choose(0, 1_000_000)
        select new StockRow(
            new StockKey(item, center),
            new StockLevel(count, version, DateTimeOffset.UnixEpoch.AddTicks((long)ticks * times)));
}
