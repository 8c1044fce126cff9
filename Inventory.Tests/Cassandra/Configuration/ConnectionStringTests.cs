using Inventory.Cassandra;

namespace Inventory.Tests.Cassandra.Configuration;

public sealed class ConnectionStringTests
{
    [Fact]
    public void Every_part_is_read()
    {
        var parsed = CassandraConnectionString.Parse(
            "Contact Points=10.0.0.1, 10.0.0.2;Port=9999;Local Datacenter=dc2;Default Keyspace=stock;Username=u;Password=p");
        Assert.Equal(["10.0.0.1", "10.0.0.2"], parsed.ContactPoints);
        Assert.Equal((9999, "dc2", "stock", "u", "p"),
            (parsed.Port, parsed.LocalDatacenter, parsed.Keyspace, parsed.Username, parsed.Password));
    }

    [Fact]
    public void What_is_left_out_has_the_usual_values()
    {
        var parsed = CassandraConnectionString.Parse("contact points=db");
        Assert.Equal((9042, null, "inventory", null, null),
            (parsed.Port, parsed.LocalDatacenter, parsed.Keyspace, parsed.Username, parsed.Password));
    }

    [Theory]
    [InlineData("Port=9042")]
    [InlineData("Contact Points=;Port=9042")]
    [InlineData("Contact Points=a;Port=0")]
    [InlineData("Contact Points=a;Port=many")]
    [InlineData("Contact Points=a;Default Keyspace=\"x; DROP\"")]
    public void What_makes_no_sense_is_refused(string text) =>
        Assert.ThrowsAny<Exception>(() => CassandraConnectionString.Parse(text));

    [Fact]
    public void Its_text_holds_no_secret() => Assert.DoesNotContain(
        "hidden", CassandraConnectionString.Parse("Contact Points=a;Username=u;Password=hidden").ToString(), StringComparison.Ordinal);
}
