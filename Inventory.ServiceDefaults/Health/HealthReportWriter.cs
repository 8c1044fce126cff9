using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Inventory.ServiceDefaults.Health;

/// <summary>
/// Writes <c>{"status":"Unhealthy","checks":{"self":"Healthy","postgres":"Unhealthy"}}</c>: which check failed, never
/// why, because the reason may name hosts and users. The reason is in the log.
/// </summary>
internal static class HealthReportWriter
{
    public static async Task WriteAsync(HttpContext context, HealthReport report)
    {
        context.Response.ContentType = "application/json";
        await using var json = new Utf8JsonWriter(context.Response.BodyWriter);
        json.WriteStartObject();
        json.WriteString("status"u8, report.Status.ToString());
        json.WriteStartObject("checks"u8);
        foreach (var (name, entry) in report.Entries)
        {
            json.WriteString(name, entry.Status.ToString());
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }
}
