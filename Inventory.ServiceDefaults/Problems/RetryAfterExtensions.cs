using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Inventory.ServiceDefaults.Problems;

/// <summary>Tells a client that was turned away when to come again.</summary>
public static class RetryAfterExtensions
{
    /// <summary>In whole seconds, one at least: what the header can hold.</summary>
    public static void SetRetryAfter(this HttpResponse response, TimeSpan wait) =>
        response.Headers.RetryAfter = Math.Max(1, (long)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
}
