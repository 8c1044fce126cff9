using System.Net;
using System.Text.Json;

namespace Inventory.Tests.Hosting;

internal static class ProblemAssert
{
    /// <summary>Every error answer of the system is an RFC 9457 problem with these members.</summary>
    public static async Task<JsonElement> IsAsync(HttpResponseMessage response, HttpStatusCode status, string code)
    {
        var body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(status == response.StatusCode, $"Expected {status}, got {response.StatusCode}: {body}");
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);

        var problem = JsonDocument.Parse(body).RootElement;
        Assert.Equal((int)status, problem.GetProperty("status").GetInt32());
        Assert.Equal(code, problem.GetProperty("code").GetString());
        Assert.StartsWith("urn:inventory:problem:", problem.GetProperty("type").GetString(), StringComparison.Ordinal);
        Assert.False(string.IsNullOrWhiteSpace(problem.GetProperty("title").GetString()));
        Assert.False(string.IsNullOrWhiteSpace(problem.GetProperty("detail").GetString()));
        return problem;
    }

    /// <summary>Such a problem that also tells how many seconds to wait, at least one.</summary>
    public static async Task IsTemporaryAsync(HttpResponseMessage response, HttpStatusCode status, string code)
    {
        await IsAsync(response, status, code);
        Assert.True(int.Parse(Assert.Single(response.Headers.GetValues("Retry-After")), null) >= 1);
    }
}
