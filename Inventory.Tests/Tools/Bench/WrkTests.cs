using Inventory.Tools;
using Inventory.Tools.Bench.Processes;

namespace Inventory.Tests.Tools.Bench;

public sealed class WrkTests
{
    [Fact]
    public void What_wrk_prints_is_understood() => Assert.Equal(
        new WrkResult(Rate: 56123.45, Requests: 168371, Failed: 12),
        Wrk.Parse("""
              1 threads and 64 connections
              168371 requests in 3.00s, 45.93MB read
              Non-2xx or 3xx responses: 12
            Requests/sec:  56123.45
            Transfer/sec:     15.31MB
            """));

    [Fact]
    public void What_is_no_result_of_wrk_is_an_error_that_shows_it() => Assert.Contains(
        "unable to connect",
        Assert.Throws<ToolException>(() => Wrk.Parse("unable to connect to 127.0.0.1:1")).Message,
        StringComparison.Ordinal);
}
