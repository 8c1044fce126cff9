using Inventory.Tools.Bench.Processes;

namespace Inventory.Tests.Tools.Bench;

public sealed class StressResultTests
{
    // Of the cassandra-stress that comes with Cassandra 2.1.0, of which a third of the keys were not on record.
    private const string Output = """
        Connected to cluster: inventory
        Datatacenter: datacenter1; Host: /127.0.0.1; Rack: rack1
        Sleeping 2s...
        Running [read] with 64 threads  for 100000 iterations
        partitions,    op/s,    pk/s,   row/s,    mean,     med,     .95,     .99,    .999,     max,   time,   stderr
        5281      ,    7728,    5279,    5279,     8.3,     5.0,    23.6,    56.0,    88.3,    89.7,    1.0,  0.00000
        68356     ,   33022,   22567,   22567,     1.9,     1.2,     5.8,     9.3,    13.9,    15.1,    4.7,  0.19727


        Results:
        op rate                   : 21363
        partition rate            : 14603
        row rate                  : 14603
        latency mean              : 3.0
        latency median            : 2.1
        latency 95th percentile   : 7.9
        latency 99th percentile   : 15.9
        latency 99.9th percentile : 54.1
        latency max               : 89.7
        Total operation time      : 00:00:04

        """;

    [Fact]
    public void What_cassandra_stress_prints_is_understood() =>
        Assert.Equal(new StressResult(OperationRate: 21_363, PartitionRate: 14_603), StressResult.Parse(Output));

    [Theory]
    [InlineData("")]
    [InlineData("Exception in thread \"main\" java.lang.RuntimeException: java.net.ConnectException: Connection refused")]
    [InlineData("op rate                   : NaN\npartition rate            : NaN")]
    public void What_is_no_result_of_it_is_none(string output) => Assert.Null(StressResult.Parse(output));
}
