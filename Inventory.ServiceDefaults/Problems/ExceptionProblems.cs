using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Inventory.ServiceDefaults.Problems;

/// <summary>Gives exceptions that are the client's doing, or a dependency's, the status that says so.</summary>
internal sealed partial class ExceptionProblems(
    IEnumerable<IExceptionStatus> statuses,
    IProblemDetailsService problems,
    ILogger<ExceptionProblems> logger) : IExceptionHandler
{
    // 499 is what proxies log for a client that went away; nobody is there to read an answer.
    private const int ClientClosedRequest = 499;

    public async ValueTask<bool> TryHandleAsync(HttpContext context, Exception exception, CancellationToken cancellationToken)
    {
        if (context.RequestAborted.IsCancellationRequested)
        {
            context.Response.StatusCode = ClientClosedRequest;
            return true;
        }

        if (Read(exception) is not { } read)
        {
            return false;
        }

        var (status, retryAfter) = read;

        LogRequestFailed(exception, context.Request.Method, context.Request.Path, status);
        context.Response.StatusCode = status;
        if (status == StatusCodes.Status503ServiceUnavailable)
        {
            context.Response.SetRetryAfter(retryAfter);
        }

        return await problems.TryWriteAsync(new ProblemDetailsContext { HttpContext = context });
    }

    private (int Status, TimeSpan RetryAfter)? Read(Exception exception)
    {
        if (exception is BadHttpRequestException badRequest)
        {
            return (badRequest.StatusCode, default);
        }

        foreach (var mapping in statuses)
        {
            if (mapping.StatusOf(exception) is { } status)
            {
                return (status, mapping.RetryAfter(exception));
            }
        }

        return null;
    }

    [LoggerMessage(LogLevel.Warning, "{Method} {Path} was answered with {Status}.")]
    private partial void LogRequestFailed(Exception exception, string method, PathString path, int status);
}
