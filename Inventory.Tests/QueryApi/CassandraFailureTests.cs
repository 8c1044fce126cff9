using System.Net;
using Inventory.Cassandra.Errors;
using Inventory.Contracts.Problems;
using Inventory.Tests.Hosting;

namespace Inventory.Tests.QueryApi;

public sealed class CassandraFailureTests
{
    private const string Secret = "10.1.2.3 refused the password of admin";

    public static TheoryData<string> Reads => ["/stocks/7/3", "/stocks/7", "batch"];

    [Theory]
    [MemberData(nameof(Reads))]
    public async Task A_Cassandra_that_does_not_answer_is_a_503_problem_that_says_when_to_come_back(string read)
    {
        await using var host = await QueryApiHost.StartFailingAsync(() => new CassandraNoNodeException(Secret));

        using var response = await ReadAsync(host, read);

        await TemporaryProblemAssert.IsAsync(response, HttpStatusCode.ServiceUnavailable, ProblemCodes.Unavailable);
    }

    [Theory]
    [MemberData(nameof(Reads))]
    public async Task Bug_A_row_that_cannot_be_read_is_no_fault_of_the_service_but_a_503_until_it_is_repaired(string read)
    {
        await using var host = await QueryApiHost.StartFailingAsync(() => new CassandraDataException(Secret));

        using var response = await ReadAsync(host, read);

        await TemporaryProblemAssert.IsAsync(response, HttpStatusCode.ServiceUnavailable, ProblemCodes.Unavailable);
    }

    [Theory]
    [MemberData(nameof(Reads))]
    public async Task What_another_try_does_not_mend_is_a_500_problem(string read)
    {
        await using var host = await QueryApiHost.StartFailingAsync(() => new CassandraServerException(CassandraErrorCode.Invalid, Secret));

        using var response = await ReadAsync(host, read);

        await ProblemAssert.IsAsync(response, HttpStatusCode.InternalServerError, ProblemCodes.RequestFailed);
        Assert.Null(response.Headers.RetryAfter);
    }

    [Fact]
    public async Task A_problem_does_not_tell_what_the_exception_knows()
    {
        await using var host = await QueryApiHost.StartFailingAsync(() => new CassandraNoNodeException(Secret));

        using var response = await host.ReadAsync("/stocks/7/3");

        var body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.DoesNotContain("10.1.2.3", body, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_that_accepts_no_JSON_gets_the_503_all_the_same()
    {
        await using var host = await QueryApiHost.StartFailingAsync(() => new CassandraNoNodeException(Secret));
        using var request = new HttpRequestMessage(HttpMethod.Get, "/stocks/7/3");
        request.Headers.Accept.ParseAdd("text/html");

        using var response = await host.Client.SendAsync(request, TestContext.Current.CancellationToken);

        await TemporaryProblemAssert.IsAsync(response, HttpStatusCode.ServiceUnavailable, ProblemCodes.Unavailable);
    }

    [Fact]
    public async Task Without_Cassandra_the_service_lives_is_not_ready_and_answers_503()
    {
        await using var host = await QueryApiHost.StartAsync(QueryApiHost.Nowhere);

        using var alive = await host.ReadAsync("/alive");
        using var health = await host.ReadAsync("/health");
        using var read = await host.ReadAsync("/stocks/7/3");

        Assert.Equal(HttpStatusCode.OK, alive.StatusCode);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, health.StatusCode);
        await TemporaryProblemAssert.IsAsync(read, HttpStatusCode.ServiceUnavailable, ProblemCodes.Unavailable);
    }

    private static Task<HttpResponseMessage> ReadAsync(ServiceHost host, string read) => read == "batch"
        ? host.ReadBatchAsync("""{"keys":[{"vendorItemId":7,"fulfillmentCenterId":3}]}""")
        : host.ReadAsync(read);
}
