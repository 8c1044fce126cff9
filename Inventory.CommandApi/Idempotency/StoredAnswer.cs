using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Npgsql;

namespace Inventory.CommandApi.Idempotency;

/// <summary>The first answer to an id, kept word for word so that every repetition gets the same.</summary>
/// <param name="RequestHash">Tells the first request from another one under the same id.</param>
/// <param name="Status">HTTP status.</param>
/// <param name="Json">The body.</param>
internal sealed record StoredAnswer(byte[] RequestHash, int Status, string Json)
{
    public static StoredAnswer Of<T>(byte[] requestHash, int status, T answer, JsonTypeInfo<T> type) =>
        new(requestHash, status, JsonSerializer.Serialize(answer, type));

    /// <summary>Reads rows of id, hash, status and body, and goes on to the next result.</summary>
    public static async Task<Dictionary<Guid, StoredAnswer>> ReadAsync(
        NpgsqlDataReader reader, CancellationToken cancellationToken)
    {
        var answers = new Dictionary<Guid, StoredAnswer>();
        while (await reader.ReadAsync(cancellationToken))
        {
            answers.Add(
                reader.GetGuid(0),
                new StoredAnswer(reader.GetFieldValue<byte[]>(1), reader.GetInt16(2), reader.GetString(3)));
        }

        await reader.NextResultAsync(cancellationToken);
        return answers;
    }

    /// <param name="location">Where what was made can be read, relative to the request, or null.</param>
    public IResult ToResult(string? location) => new Result(this, location);

    private sealed class Result(StoredAnswer answer, string? location) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            var accepted = answer.Status < StatusCodes.Status400BadRequest;
            httpContext.Response.StatusCode = answer.Status;
            httpContext.Response.ContentType = accepted ? "application/json" : "application/problem+json";
            if (accepted && location is not null)
            {
                httpContext.Response.Headers.Location = location;
            }

            return httpContext.Response.WriteAsync(answer.Json, Encoding.UTF8, httpContext.RequestAborted);
        }
    }
}
