using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Inventory.Contracts.Problems;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Inventory.ServiceDefaults.Requests;

/// <summary>A request body that was read: the value, or the problem to answer with.</summary>
public readonly record struct JsonBody<T>(T? Value, ProblemHttpResult? Problem)
    where T : class;

public static class JsonBody
{
    /// <summary>Reads the body as one JSON value. The server's body limit and timeouts apply.</summary>
    /// <exception cref="BadHttpRequestException">The body is over the limit or arrives too slowly.</exception>
    public static async ValueTask<JsonBody<T>> ReadAsync<T>(HttpRequest request, JsonTypeInfo<T> type)
        where T : class
    {
        if (!request.HasJsonContentType())
        {
            return new(null, Problems.Problem.Create(
                StatusCodes.Status415UnsupportedMediaType,
                ProblemCodes.UnsupportedMediaType,
                "Unsupported media type",
                "Send the body as application/json."));
        }

        try
        {
            var value = await JsonSerializer.DeserializeAsync(request.Body, type, request.HttpContext.RequestAborted);
            return value is null ? Invalid<T>("The body must be a JSON object, not null.") : new(value, null);
        }
        catch (JsonException exception)
        {
            return Invalid<T>(Explain(exception));
        }
    }

    private static JsonBody<T> Invalid<T>(string detail)
        where T : class =>
        new(null, Problems.Problem.Create(
            StatusCodes.Status400BadRequest, ProblemCodes.InvalidJson, "The body is not the expected JSON", detail));

    // The serializer's own messages name .NET types, which mean nothing to a client; its path does.
    private static string Explain(JsonException exception)
    {
        var place = $"line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1}";
        return string.IsNullOrEmpty(exception.Path) || exception.Path == "$"
            ? $"Malformed JSON, or a field that is missing, unknown or given twice, near {place}."
            : $"The value at {exception.Path} ({place}) is missing, unknown or not of the documented type and range.";
    }
}
