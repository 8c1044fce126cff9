using System.Net;
using Inventory.Contracts.Problems;
using Microsoft.AspNetCore.Http;

namespace Inventory.Tests.Gateway;

public sealed class GatewayRoutingTests
{
    [Theory]
    [InlineData("/api/stocks/7/3?fields=all", "/stocks/7/3?fields=all")]
    [InlineData("/api/stocks/7", "/stocks/7")]
    [InlineData("/api/stocks", "/stocks")]
    public async Task Stock_paths_reach_the_query_api_without_their_prefix(string path, string target)
    {
        await using var query = await Upstream.StartAsync();
        await using var gateway = await GatewayHost.StartAsync(GatewayHost.QueryApi(query));

        using var response = await gateway.Client.ReadAsync(path);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(target, Assert.Single(query.Requests).Target);
    }

    [Theory]
    [InlineData("/api/orders", "/orders")]
    [InlineData("/api/orders/0197f7a0/cancel", "/orders/0197f7a0/cancel")]
    [InlineData("/api/inbounds", "/inbounds")]
    [InlineData("/api/corrections", "/corrections")]
    [InlineData("/api/reservations/0197f7a0/confirm", "/reservations/0197f7a0/confirm")]
    public async Task Command_paths_reach_the_command_api_without_their_prefix(string path, string target)
    {
        await using var command = await Upstream.StartAsync();
        await using var gateway = await GatewayHost.StartAsync(GatewayHost.CommandApi(command));

        using var response = await gateway.Client.WriteAsync(path);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(target, Assert.Single(command.Requests).Target);
    }

    [Fact]
    public async Task The_ledger_of_a_key_comes_from_the_command_api_and_wants_a_token()
    {
        await using var query = await Upstream.StartAsync();
        await using var command = await Upstream.StartAsync();
        await using var gateway = await GatewayHost.StartAsync(
            GatewayHost.QueryApi(query), GatewayHost.CommandApi(command));
        const string Path = "/api/stocks/7/3/ledger?limit=5";

        using var refused = await gateway.Client.ReadAsync(Path);
        using var response = await gateway.Client.SendAsync(HttpMethod.Get, Path, token: Tokens.Good);
        using var changes = await gateway.Client.ReadAsync("/api/stocks/7/3/changes");

        await ProblemAssert.IsAsync(refused, HttpStatusCode.Unauthorized, ProblemCodes.Unauthenticated);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("/stocks/7/3/ledger?limit=5", Assert.Single(command.Requests).Target);
        Assert.Equal("/stocks/7/3/changes", Assert.Single(query.Requests).Target);
    }

    [Fact]
    public async Task A_reservation_can_be_deleted()
    {
        await using var command = await Upstream.StartAsync();
        await using var gateway = await GatewayHost.StartAsync(GatewayHost.CommandApi(command));

        using var response = await gateway.Client.SendAsync(
            HttpMethod.Delete, "/api/reservations/0197f7a0", token: Tokens.Good);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("/reservations/0197f7a0", Assert.Single(command.Requests).Target);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/stocks/7/3")]
    [InlineData("/api")]
    [InlineData("/api/")]
    [InlineData("/api/stock/7")]
    [InlineData("/api/stocks/%2e%2e/health")]
    public async Task A_path_of_no_route_is_a_404_problem(string path)
    {
        await using var gateway = await GatewayHost.StartAsync();

        using var response = await gateway.Client.ReadAsync(path);

        await ProblemAssert.IsAsync(response, HttpStatusCode.NotFound, ProblemCodes.NotFound);
    }

    [Fact]
    public async Task A_doubly_encoded_path_does_not_leave_its_prefix()
    {
        await using var query = await Upstream.StartAsync();
        await using var gateway = await GatewayHost.StartAsync(GatewayHost.QueryApi(query));

        using var response = await gateway.Client.ReadAsync("/api/stocks/%252e%252e/health");

        Assert.StartsWith("/stocks/", Assert.Single(query.Requests).Target, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_method_that_the_route_does_not_take_is_a_405_problem_that_names_those_it_takes()
    {
        await using var gateway = await GatewayHost.StartAsync();

        using var response = await gateway.Client.SendAsync(HttpMethod.Delete, "/api/stocks/7/3");

        await ProblemAssert.IsAsync(response, HttpStatusCode.MethodNotAllowed, ProblemCodes.MethodNotAllowed);
        Assert.Equal(["GET", "POST"], response.Content.Headers.Allow.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_problem_stays_a_problem_for_a_client_that_accepts_something_else()
    {
        await using var gateway = await GatewayHost.StartAsync();

        using var response = await gateway.Client.ReadWithHeaderAsync("/api/unknown", "Accept", "text/html");

        await ProblemAssert.IsAsync(response, HttpStatusCode.NotFound, ProblemCodes.NotFound);
    }

    [Theory]
    [InlineData(StatusCodes.Status409Conflict)]
    [InlineData(StatusCodes.Status502BadGateway)]
    [InlineData(StatusCodes.Status503ServiceUnavailable)]
    public async Task An_upstreams_own_problem_passes_untouched(int status)
    {
        const string Body = """{"code":"OF_ITS_OWN"}""";
        await using var query = await Upstream.StartAsync(async context =>
        {
            context.Response.StatusCode = status;
            context.Response.Headers.RetryAfter = "17";
            context.Response.ContentType = "application/problem+json";
            await context.Response.WriteAsync(Body, context.RequestAborted);
        });
        await using var gateway = await GatewayHost.StartAsync(GatewayHost.QueryApi(query));

        using var response = await gateway.Client.ReadAsync("/api/stocks/7/3");

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal(Body, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal("17", Assert.Single(response.Headers.GetValues("Retry-After")));
    }

    [Theory]
    [InlineData("/api/stocks/7/3")]
    [InlineData("/api/unknown")]
    [InlineData("/health")]
    public async Task Every_answer_forbids_sniffing_once_and_hides_the_server(string path)
    {
        await using var query = await Upstream.StartAsync(context =>
        {
            context.Response.Headers.XContentTypeOptions = "nosniff";
            return context.Response.WriteAsync("answer", context.RequestAborted);
        });
        await using var gateway = await GatewayHost.StartAsync(GatewayHost.QueryApi(query));

        using var response = await gateway.Client.ReadAsync(path);

        Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));
        Assert.False(response.Headers.Contains("Server"));
    }

    [Fact]
    public async Task A_trace_goes_on_behind_the_gateway()
    {
        const string TraceId = "0af7651916cd43dd8448eb211c80319c";
        await using var query = await Upstream.StartAsync();
        await using var gateway = await GatewayHost.StartAsync(GatewayHost.QueryApi(query));

        using var response = await gateway.Client.ReadWithHeaderAsync(
            "/api/stocks/7/3", "traceparent", $"00-{TraceId}-b7ad6b7169203331-01");

        var parent = Assert.Single(query.Requests).Headers["traceparent"].ToString();
        Assert.Contains(TraceId, parent, StringComparison.Ordinal);
    }
}
