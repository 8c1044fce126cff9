using System.Text;
using System.Text.Json;
using Confluent.Kafka;
using Inventory.Contracts;
using Inventory.Contracts.Events;
using Inventory.Contracts.Orders;
using Inventory.Contracts.Stocks;
using Inventory.Tests.Faults;

namespace Inventory.Tests.EndToEnd;

[Collection(OneSystem.Name)]
public sealed class PoisonMessageTests(RunningSystem system)
{
    [Fact]
    public async Task A_message_that_is_no_stock_change_is_set_aside_and_its_partition_goes_on()
    {
        var running = await system.SystemAsync();
        var key = new StockKey(system.NewItem(), 1);
        await system.ReceiveAsync(new QuantityLine(key.VendorItemId, 1, 10));
        using (var producer = new ProducerBuilder<string, byte[]>(new ProducerConfig
        {
            BootstrapServers = running.BootstrapServers,
            ApiVersionRequest = false,
            BrokerVersionFallback = "0.9.0.1",
            Partitioner = Partitioner.Murmur2Random,
        }).Build())
        {
            // The key of the item, so that it lies in the way of the item's own events.
            await producer.ProduceAsync(
                ResourceNames.StockChangesTopic,
                new Message<string, byte[]> { Key = key.ToString(), Value = Encoding.UTF8.GetBytes("poison") },
                TestContext.Current.CancellationToken);
        }

        var order = await system.PlaceAsync(Guid.NewGuid(), new QuantityLine(key.VendorItemId, 1, 4));
        var stock = await system.ReadAsync(key, Assert.Single(order.Lines).Version);

        Assert.Equal(6, stock.StockCount);
        var letter = Assert.Single(
            TopicReader.ReadAll(running.BootstrapServers, ResourceNames.DeadLetterTopic),
            message => Letter(message).Key == key.ToString());
        Assert.Equal(Letter(letter).Id, letter.Key);
        Assert.Contains("not the JSON", Letter(letter).Reason, StringComparison.Ordinal);
        Assert.Equal(ResourceNames.StockChangesTopic, Letter(letter).Topic);
        Assert.Equal("poison", Encoding.UTF8.GetString(Letter(letter).Value!));
        Assert.NotNull(Letter(letter).TraceParent);
    }

    private static DeadLetter Letter(Message<string, byte[]> message) =>
        JsonSerializer.Deserialize(message.Value, DeadLetterJson.Default.DeadLetter)!;
}
