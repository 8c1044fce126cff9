using System.Globalization;
using System.Net;

namespace Inventory.Tests.Hosting;

internal static class TemporaryProblemAssert
{
    /// <summary>A problem that passes: it also tells how many seconds to wait, at least one.</summary>
    public static async Task IsAsync(HttpResponseMessage response, HttpStatusCode status, string code)
    {
        await ProblemAssert.IsAsync(response, status, code);
        var seconds = Assert.Single(response.Headers.GetValues("Retry-After"));
        Assert.True(int.Parse(seconds, NumberStyles.None, CultureInfo.InvariantCulture) >= 1, seconds);
    }
}
