using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Inventory.ServiceDefaults.Problems;

internal static class ProblemDetailsExtensions
{
    public static void AddInventoryProblemDetails(this IServiceCollection services)
    {
        services.AddProblemDetails(options => options.CustomizeProblemDetails = StatusProblems.Complete);
        // After the framework's own writer, which is asked first.
        services.AddSingleton<IProblemDetailsWriter, AnyClientProblemWriter>();
        services.AddExceptionHandler<ExceptionProblems>();
    }
}
