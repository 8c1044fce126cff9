using Inventory.Cassandra.Routing;
using Inventory.Contracts.Stocks;
using Inventory.Tests.Cassandra.Fakes;

namespace Inventory.Tests.Cassandra.Routing;

public sealed class Murmur3TokenTests(RealKeyspace keyspace) : IClassFixture<RealKeyspace>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Tokens_are_those_that_the_server_computes()
    {
        var random = new Random(20_241_122);
        StockKey[] keys =
        [
            new(1, 1), new(-1, -1), new(long.MaxValue, int.MaxValue), new(long.MinValue, int.MinValue), new(0, 0),
            .. Enumerable.Range(0, 60).Select(_ => new StockKey(random.NextInt64(), random.Next())),
        ];
        foreach (var key in keys)
        {
            await keyspace.Client.WriteAsync(key, new(1, 1, DateTimeOffset.UnixEpoch), Stop);
            var where = $"WHERE vendor_item_id = {key.VendorItemId}";
            var byItem = await keyspace.Session.AskForLongsAsync(
                $"SELECT token(vendor_item_id) FROM {keyspace.Name}.stocks_by_item {where}", Stop);
            Assert.Equal(byItem, [PartitionKey.TokenOf(key.VendorItemId)]);
            var byKey = await keyspace.Session.AskForLongsAsync(
                "SELECT token(vendor_item_id, fulfillment_center_id) "
                + $"FROM {keyspace.Name}.stocks {where} AND fulfillment_center_id = {key.FulfillmentCenterId}",
                Stop);
            Assert.Equal(byKey, [PartitionKey.TokenOf(key)]);
        }
    }

    [Fact]
    public async Task Tokens_of_any_length_are_those_that_the_server_computes()
    {
        await keyspace.Session.ExecuteAsync($"CREATE TABLE {keyspace.Name}.blobs (key blob PRIMARY KEY)", Stop);
        var random = new Random(20_241_123);
        for (var length = 1; length <= 50; length++)
        {
            var key = new byte[length];
            random.NextBytes(key);
            var hex = Convert.ToHexString(key);
            await keyspace.Session.ExecuteAsync($"INSERT INTO {keyspace.Name}.blobs (key) VALUES (0x{hex})", Stop);
            var tokens = await keyspace.Session.AskForLongsAsync(
                $"SELECT token(key) FROM {keyspace.Name}.blobs WHERE key = 0x{hex}", Stop);
            Assert.Equal(tokens, [Murmur3Token.Of(key)]);
        }
    }
}
