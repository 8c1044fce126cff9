using System.Net;
using Inventory.Contracts.Problems;
using Inventory.Tests.Hosting;
using Microsoft.AspNetCore.Http;

namespace Inventory.Tests.Gateway;

public sealed class GatewayAvailabilityTests
{
    private static readonly (string, string)[] FastChecks =
    [
        ("ReverseProxy:Clusters:query-api:HealthCheck:Active:Interval", "00:00:00.2"),
        ("ReverseProxy:Clusters:command-api:HealthCheck:Active:Interval", "00:00:00.2"),
    ];

    // Longer than any test: what happens within it is not the active checks' doing.
    private static readonly (string, string)[] NoActiveChecks =
    [
        ("ReverseProxy:Clusters:query-api:HealthCheck:Active:Enabled", "false"),
        ("ReverseProxy:Clusters:command-api:HealthCheck:Active:Enabled", "false"),
    ];

    [Theory]
    [InlineData("/api/stocks/7/3")]
    [InlineData("/api/orders/0197f7a0-0000-7000-8000-000000000001")]
    public async Task A_service_that_is_down_is_a_503_problem_that_says_when_to_come_back(string path)
    {
        await using var gateway = await GatewayHost.StartAsync(
            GatewayHost.Nobody("query-api"), GatewayHost.Nobody("command-api"));

        using var response = await gateway.Client.SendAsync(HttpMethod.Get, path, token: Tokens.Good);

        await TemporaryProblemAssert.IsAsync(response, HttpStatusCode.ServiceUnavailable, ProblemCodes.Unavailable);
    }

    [Fact]
    public async Task A_service_without_any_instance_is_a_503_problem_too()
    {
        await using var gateway = await GatewayHost.StartAsync(
            ("ReverseProxy:Clusters:query-api:Destinations:query-api:Address", "http://no-such-host.invalid"));

        using var response = await gateway.Client.ReadAsync("/api/stocks/7/3");

        await TemporaryProblemAssert.IsAsync(response, HttpStatusCode.ServiceUnavailable, ProblemCodes.Unavailable);
    }

    [Fact]
    public async Task A_service_that_does_not_answer_in_time_is_a_503_problem()
    {
        await using var query = await Upstream.StartAsync(
            context => Task.Delay(Timeout.InfiniteTimeSpan, context.RequestAborted));
        await using var gateway = await GatewayHost.StartAsync(
            GatewayHost.QueryApi(query),
            ("ReverseProxy:Clusters:query-api:HttpRequest:ActivityTimeout", "00:00:00.3"));

        using var response = await gateway.Client.ReadAsync("/api/stocks/7/3");

        await TemporaryProblemAssert.IsAsync(response, HttpStatusCode.ServiceUnavailable, ProblemCodes.Unavailable);
        Assert.Single(query.Requests);
    }

    [Fact]
    public async Task Requests_are_shared_among_the_instances()
    {
        await using var first = await Upstream.StartAsync();
        await using var second = await Upstream.StartAsync();
        await using var gateway = await GatewayHost.StartAsync(
            GatewayHost.QueryApi(first), GatewayHost.QueryApi(second, index: 1));

        await AllSucceedAsync(gateway, reads: 100);

        Assert.InRange(first.Requests.Count, 20, 80);
        Assert.Equal(100, first.Requests.Count + second.Requests.Count);
    }

    [Fact]
    public async Task No_read_fails_when_an_instance_dies()
    {
        await using var living = await Upstream.StartAsync();
        var dying = await Upstream.StartAsync();
        await using var gateway = await GatewayHost.StartAsync(
            [.. NoActiveChecks, GatewayHost.QueryApi(living), GatewayHost.QueryApi(dying, index: 1)]);
        await AllSucceedAsync(gateway, reads: 20);

        await dying.DisposeAsync();

        await AllSucceedAsync(gateway, reads: 50);
    }

    [Fact]
    public async Task A_read_whose_connection_breaks_is_asked_once_elsewhere()
    {
        await using var living = await Upstream.StartAsync();
        await using var breaking = await Upstream.StartAsync(context =>
        {
            context.Abort();
            return Task.CompletedTask;
        });
        await using var gateway = await GatewayHost.StartAsync(
            GatewayHost.QueryApi(living), GatewayHost.QueryApi(breaking, index: 1));

        await AllSucceedAsync(gateway, reads: 30);

        Assert.NotEmpty(breaking.Requests);
        Assert.Equal(30, living.Requests.Count);
    }

    [Fact]
    public async Task A_write_is_never_asked_twice()
    {
        static Task Break(HttpContext context)
        {
            context.Abort();
            return Task.CompletedTask;
        }

        await using var first = await Upstream.StartAsync(Break);
        await using var second = await Upstream.StartAsync(Break);
        await using var gateway = await GatewayHost.StartAsync(
            GatewayHost.CommandApi(first), GatewayHost.CommandApi(second, index: 1));

        using var response = await gateway.Client.WriteAsync("/api/orders");

        await TemporaryProblemAssert.IsAsync(response, HttpStatusCode.ServiceUnavailable, ProblemCodes.Unavailable);
        Assert.Equal(1, first.Requests.Count + second.Requests.Count);
    }

    [Fact]
    public async Task A_dead_instance_leaves_rotation_at_its_first_refused_connection()
    {
        await using var living = await Upstream.StartAsync();
        await using var gateway = await GatewayHost.StartAsync([
            .. NoActiveChecks,
            ("ReverseProxy:Clusters:command-api:HealthCheck:Passive:ReactivationPeriod", "00:05:00"),
            GatewayHost.CommandApi(living),
            GatewayHost.Nobody("command-api", index: 1),
        ]);

        var failures = 0;
        for (var write = 0; write < 60; write++)
        {
            using var response = await gateway.Client.WriteAsync("/api/orders");
            failures += response.IsSuccessStatusCode ? 0 : 1;
        }

        // The list of available instances is changed in the background: a second write may just miss it.
        Assert.InRange(failures, 1, 2);
    }

    [Fact]
    public async Task A_client_can_not_take_an_instance_out_of_rotation()
    {
        await using var query = await Upstream.StartAsync(context =>
        {
            if (context.Request.Path.Value!.EndsWith("/break", StringComparison.Ordinal))
            {
                context.Abort();
            }

            return Task.CompletedTask;
        });
        await using var gateway = await GatewayHost.StartAsync(
            [.. NoActiveChecks, GatewayHost.QueryApi(query), GatewayHost.Nobody("command-api")]);

        using var broken = await gateway.Client.ReadAsync("/api/stocks/break");
        using var health = await gateway.Client.ReadAsync("/health");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, broken.StatusCode);
        Assert.Equal(HttpStatusCode.OK, health.StatusCode);
    }

    [Fact]
    public async Task An_instance_that_reports_itself_unhealthy_gets_no_requests_until_it_recovers()
    {
        await using var steady = await Upstream.StartAsync();
        await using var ailing = await Upstream.StartAsync();
        await using var gateway = await GatewayHost.StartAsync(
            [.. FastChecks, GatewayHost.QueryApi(steady), GatewayHost.QueryApi(ailing, index: 1)]);

        ailing.Healthy = false;
        await Eventually.IsTrueAsync(async () => await SharesAsync(gateway, ailing) == 0);

        ailing.Healthy = true;
        await Eventually.IsTrueAsync(async () => await SharesAsync(gateway, ailing) > 0);
    }

    [Fact]
    public async Task If_all_instances_are_unhealthy_they_are_asked_all_the_same()
    {
        await using var query = await Upstream.StartAsync();
        query.Healthy = false;
        await using var gateway = await GatewayHost.StartAsync(
            [.. FastChecks, GatewayHost.QueryApi(query), GatewayHost.Nobody("command-api")]);
        await Eventually.IsTrueAsync(async () => !await IsReadyAsync(gateway));

        await AllSucceedAsync(gateway, reads: 5);
    }

    [Fact]
    public async Task An_instance_that_is_added_to_the_configuration_gets_requests_without_a_restart()
    {
        await using var first = await Upstream.StartAsync();
        await using var second = await Upstream.StartAsync();
        await using var gateway = await GatewayHost.StartAsync(GatewayHost.QueryApi(first));
        await AllSucceedAsync(gateway, reads: 5);

        var (key, address) = GatewayHost.QueryApi(second, index: 1);
        gateway.Reconfigure(key, address);

        await Eventually.IsTrueAsync(async () => await SharesAsync(gateway, second) > 0);
    }

    [Fact]
    public async Task The_gateway_is_ready_while_one_service_answers_and_alive_even_if_none_does()
    {
        await using var query = await Upstream.StartAsync();
        await using var gateway = await GatewayHost.StartAsync(
            [.. FastChecks, GatewayHost.QueryApi(query), GatewayHost.Nobody("command-api")]);

        Assert.True(await IsReadyAsync(gateway));
        query.Healthy = false;
        await Eventually.IsTrueAsync(async () => !await IsReadyAsync(gateway));

        using var alive = await gateway.Client.ReadAsync("/alive");
        Assert.Equal(HttpStatusCode.OK, alive.StatusCode);
    }

    private static async Task AllSucceedAsync(ServiceHost gateway, int reads)
    {
        for (var read = 0; read < reads; read++)
        {
            using var response = await gateway.Client.ReadAsync("/api/stocks/7/3");
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        }
    }

    /// <summary>How many of twenty reads the instance gets.</summary>
    private static async Task<int> SharesAsync(ServiceHost gateway, Upstream instance)
    {
        var before = instance.Requests.Count;
        await AllSucceedAsync(gateway, reads: 20);
        return instance.Requests.Count - before;
    }

    private static async Task<bool> IsReadyAsync(ServiceHost gateway)
    {
        using var response = await gateway.Client.ReadAsync("/health");
        return response.StatusCode == HttpStatusCode.OK;
    }
}
