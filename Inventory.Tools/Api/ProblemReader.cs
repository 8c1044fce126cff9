using System.Net;
using System.Text.Json;

namespace Inventory.Tools.Api;

/// <summary>Takes the code and the sentence out of an RFC 9457 problem, and makes do with less.</summary>
internal static class ProblemReader
{
    public static async Task<GatewayProblem> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
        var status = (int)response.StatusCode;
        try
        {
            using var document = JsonDocument.Parse(body);
            return new GatewayProblem(
                status,
                Text(document.RootElement, "code") ?? GatewayProblem.NoCode,
                Text(document.RootElement, "detail") ?? Text(document.RootElement, "title") ?? Phrase(response.StatusCode));
        }
        catch (JsonException)
        {
            return new GatewayProblem(status, GatewayProblem.NoCode, Phrase(response.StatusCode));
        }
    }

    private static string? Text(JsonElement problem, string member) =>
        problem.ValueKind == JsonValueKind.Object
        && problem.TryGetProperty(member, out var value)
        && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    private static string Phrase(HttpStatusCode status) => $"The gateway answered {status} without a problem document.";
}
