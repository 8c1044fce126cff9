namespace Inventory.Tests.Cassandra.DataStax.LeftOut;

public sealed class DataStaxLeftOutTests
{
    [Fact]
    public void The_choice_of_a_driver_that_is_not_built_in_stops_the_start_and_says_what_is_missing()
    {
        var error = Assert.Throws<InvalidOperationException>(() => DataStaxChoiceTests.Add("DataStax"));
        Assert.Contains("CassandraCSharpDriver", error.Message, StringComparison.Ordinal);
        Assert.Contains("DataStaxDriver=true", error.Message, StringComparison.Ordinal);
    }
}
