using System.Net;
using System.Net.Http.Headers;
using Inventory.Contracts.Problems;
using Inventory.ServiceDefaults.Requests;
using Microsoft.AspNetCore.Http;

namespace Inventory.Tests.Gateway;

public sealed class GatewayBodyLimitTests
{
    [Fact]
    public async Task A_body_that_says_it_is_too_large_is_a_413_problem_and_reaches_nobody()
    {
        await using var command = await Upstream.StartAsync(ReadBody);
        await using var gateway = await GatewayHost.StartAsync(GatewayHost.CommandApi(command));

        using var response = await gateway.Client.WriteAsync("/api/orders", Body(RequestLimits.MaximumBodyBytes + 1));

        await ProblemAssert.IsAsync(response, HttpStatusCode.RequestEntityTooLarge, ProblemCodes.BodyTooLarge);
        Assert.Empty(command.Requests);
    }

    [Fact]
    public async Task A_chunked_body_that_turns_out_too_large_is_a_413_problem()
    {
        await using var command = await Upstream.StartAsync(ReadBody);
        await using var gateway = await GatewayHost.StartAsync(GatewayHost.CommandApi(command));

        using var response = await SendChunkedAsync(gateway.Client, RequestLimits.MaximumBodyBytes + 1);

        await ProblemAssert.IsAsync(response, HttpStatusCode.RequestEntityTooLarge, ProblemCodes.BodyTooLarge);
    }

    [Theory]
    [InlineData(RequestLimits.MaximumBodyBytes, false)]
    // Kestrel counts the framing of the chunks, too.
    [InlineData(RequestLimits.MaximumBodyBytes - 4_096, true)]
    public async Task A_body_within_the_limit_arrives_whole(int bytes, bool chunked)
    {
        await using var command = await Upstream.StartAsync(ReadBody);
        await using var gateway = await GatewayHost.StartAsync(GatewayHost.CommandApi(command));

        using var response = chunked
            ? await SendChunkedAsync(gateway.Client, bytes)
            : await gateway.Client.WriteAsync("/api/orders", Body(bytes));

        Assert.Equal($"{bytes} bytes", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_body_that_trickles_in_is_a_408_problem_and_costs_no_instance_its_place()
    {
        await using var query = await Upstream.StartAsync(ReadBody);
        await using var gateway = await GatewayHost.StartAsync(GatewayHost.QueryApi(query));
        using var slow = await RawConnection.OpenAsync(gateway.Address);

        await slow.SendAsync("POST /api/stocks/batch HTTP/1.1\r\nHost: gateway\r\nContent-Length: 100\r\n\r\n{");
        var answer = await slow.ReadToEndAsync();

        Assert.StartsWith("HTTP/1.1 408 ", answer, StringComparison.Ordinal);
        Assert.Contains(ProblemCodes.RequestTimeout, answer, StringComparison.Ordinal);
        using var next = await gateway.Client.ReadAsync("/api/stocks/7/3");
        Assert.Equal(HttpStatusCode.OK, next.StatusCode);
    }

    private static async Task ReadBody(HttpContext context)
    {
        var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        await context.Response.WriteAsync($"{body.Length} bytes", context.RequestAborted);
    }

    private static ByteArrayContent Body(int bytes) => new(new byte[bytes]);

    private static async Task<HttpResponseMessage> SendChunkedAsync(HttpClient client, int bytes)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/orders") { Content = Body(bytes) };
        request.Content.Headers.ContentLength = null;
        request.Headers.TransferEncodingChunked = true;
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Tokens.Good);
        return await client.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
