using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Inventory.CommandApi.Idempotency;

/// <summary>
/// The id under which a command is done once: the one in its body, or else one that follows from the header
/// Idempotency-Key, the client and the path. So a header needs no table of its own: the same key gives the same id.
/// </summary>
internal static class CommandId
{
    public const string Header = "Idempotency-Key";

    public const int MaximumKeyLength = 255;

    /// <param name="request">The request.</param>
    /// <param name="bodyId">The id in its body, if there is one; it goes before the header.</param>
    /// <param name="idName">The name of that field.</param>
    /// <returns>The id, or the problem to answer with.</returns>
    public static (Guid Id, ProblemHttpResult? Problem) Of(HttpRequest request, Guid? bodyId, string idName)
    {
        if (bodyId is { } id)
        {
            return (id, id == Guid.Empty ? IdempotencyProblems.InvalidId(idName) : null);
        }

        var (found, problem) = FromHeader(request);
        return found is { } key ? (key, null) : (default, problem ?? IdempotencyProblems.IdMissing(idName));
    }

    /// <summary>Like <see cref="Of"/>, with an id of its own for a request that has none.</summary>
    public static (Guid Id, ProblemHttpResult? Problem) OfOrNew(HttpRequest request, Guid? bodyId, string idName)
    {
        if (bodyId is not null)
        {
            return Of(request, bodyId, idName);
        }

        var (found, problem) = FromHeader(request);
        return (found ?? Guid.CreateVersion7(), problem);
    }

    private static (Guid? Id, ProblemHttpResult? Problem) FromHeader(HttpRequest request)
    {
        if (!request.Headers.TryGetValue(Header, out var values))
        {
            return (null, null);
        }

        return values is [{ Length: > 0 and <= MaximumKeyLength } key]
            ? (Derive(request.HttpContext.User.FindFirst("sub")?.Value, request.Path, key), null)
            : (null, IdempotencyProblems.InvalidKey());
    }

    private static Guid Derive(string? client, PathString path, string key)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{client}\n{path.Value?.TrimEnd('/')}\n{key}"));

        // A UUID of version 8, whose other bits are free (RFC 9562).
        hash[6] = (byte)((hash[6] & 0x0f) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3f) | 0x80);
        return new Guid(hash.AsSpan(0, 16), bigEndian: true);
    }
}
