using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Inventory.ServiceDefaults.Problems;

/// <summary>Makes RFC 9457 problems with a stable <c>code</c>.</summary>
public static class Problem
{
    /// <summary>The member that carries one of <see cref="Contracts.Problems.ProblemCodes"/>.</summary>
    public const string CodeMember = "code";

    /// <param name="status">HTTP status, 400 to 599.</param>
    /// <param name="code">One of <see cref="Contracts.Problems.ProblemCodes"/>.</param>
    /// <param name="title">The kind of problem: the same text for the same code.</param>
    /// <param name="detail">A sentence that helps with this very request.</param>
    /// <param name="members">What a program needs to go on, beside the code.</param>
    public static ProblemHttpResult Create(
        int status,
        string code,
        string title,
        string detail,
        params ReadOnlySpan<KeyValuePair<string, object?>> members)
    {
        var extensions = new Dictionary<string, object?>(StringComparer.Ordinal) { [CodeMember] = code };
        foreach (var (name, value) in members)
        {
            extensions[name] = value;
        }

        return TypedResults.Problem(detail, instance: null, status, title, TypeOf(code), extensions);
    }

    /// <summary>A URN, because a problem's type is an identifier and need not lead anywhere.</summary>
    internal static string TypeOf(string code) =>
        "urn:inventory:problem:" + code.ToLowerInvariant().Replace('_', '-');
}
