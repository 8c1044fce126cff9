using Inventory.Cassandra;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Inventory.Tests.Cassandra.DataStax;

public sealed class DataStaxChoiceTests
{
    [Fact]
    public void A_choice_that_is_none_stops_the_start()
    {
        var error = Assert.Throws<InvalidOperationException>(() => Add("Datastacks"));
        Assert.Contains("Cassandra:Client", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Native")]
    [InlineData(null)]
    public void Our_own_client_is_the_choice_unless_told_otherwise(string? choice) => Assert.Contains(
        Add(choice), static service => service.ServiceType == typeof(CassandraClient));

    internal static ServiceCollection Add(string? choice)
    {
        var services = new ServiceCollection();
        services.AddCassandra(
            new ConfigurationBuilder()
                .AddInMemoryCollection(new Dictionary<string, string?> { ["Cassandra:Client"] = choice })
                .Build(),
            "inventory");
        return services;
    }
}
