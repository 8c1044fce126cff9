using Inventory.Contracts.Problems;
using Microsoft.AspNetCore.Http;

namespace Inventory.ServiceDefaults.Problems;

/// <summary>Gives a code and a helpful sentence to answers that only have a status: those of the framework.</summary>
internal static class StatusProblems
{
    public static void Complete(ProblemDetailsContext context)
    {
        var problem = context.ProblemDetails;
        if (problem.Extensions.ContainsKey(Problem.CodeMember))
        {
            return;
        }

        var (code, detail) = Describe(problem.Status ?? StatusCodes.Status500InternalServerError);
        problem.Type = Problem.TypeOf(code);
        problem.Detail = detail;
        problem.Extensions[Problem.CodeMember] = code;
    }

    private static (string Code, string Detail) Describe(int status) => status switch
    {
        StatusCodes.Status400BadRequest => (ProblemCodes.RequestFailed, "The request is not valid HTTP or ended early."),
        StatusCodes.Status401Unauthorized => (ProblemCodes.Unauthenticated,
            "Send a valid bearer token in the Authorization header."),
        StatusCodes.Status403Forbidden => (ProblemCodes.Forbidden,
            "The token lacks the scope that this request needs."),
        StatusCodes.Status404NotFound => (ProblemCodes.NotFound, "There is nothing at this path."),
        StatusCodes.Status405MethodNotAllowed => (ProblemCodes.MethodNotAllowed,
            "This path does not take this method; the Allow header names those that it takes."),
        StatusCodes.Status408RequestTimeout => (ProblemCodes.RequestTimeout, "The request took too long to arrive."),
        StatusCodes.Status413PayloadTooLarge => (ProblemCodes.BodyTooLarge, "The body is larger than is accepted here."),
        StatusCodes.Status415UnsupportedMediaType => (ProblemCodes.UnsupportedMediaType,
            "Send the body as application/json."),
        StatusCodes.Status429TooManyRequests => (ProblemCodes.RateLimited,
            "Too many requests from this client; wait as long as the Retry-After header says."),
        StatusCodes.Status502BadGateway or StatusCodes.Status503ServiceUnavailable or StatusCodes.Status504GatewayTimeout
            => (ProblemCodes.Unavailable, "The service behind this path cannot answer now; try again."),
        _ => (ProblemCodes.RequestFailed, "The request could not be answered; its trace id leads to the reason."),
    };
}
