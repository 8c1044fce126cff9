using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Inventory.ServiceDefaults.Problems;

/// <summary>
/// Writes problems for clients whose Accept header names no JSON. The framework's writer leaves those to plain text, or
/// turns a handled exception into a 500; an error that can't be read by a program helps nobody.
/// </summary>
internal sealed class AnyClientProblemWriter : IProblemDetailsWriter
{
    public bool CanWrite(ProblemDetailsContext context) => true;

    public async ValueTask WriteAsync(ProblemDetailsContext context)
    {
        var http = context.HttpContext;
        var problem = context.ProblemDetails;
        problem.Status ??= http.Response.StatusCode;
        problem.Title ??= ReasonPhrases.GetReasonPhrase(problem.Status.Value);
        problem.Extensions.TryAdd("traceId", Activity.Current?.Id ?? http.TraceIdentifier);
        StatusProblems.Complete(context);
        await http.Response.WriteAsJsonAsync(
            problem, options: null, "application/problem+json", http.RequestAborted);
    }
}
