using Inventory.Contracts.Problems;
using Inventory.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Inventory.CommandApi.Idempotency;

internal static class IdempotencyProblems
{
    public static ProblemHttpResult Conflict(string idName, Guid id) =>
        Problem.Create(
            StatusCodes.Status422UnprocessableEntity,
            ProblemCodes.IdempotencyConflict,
            "Id used before with another body",
            $"{idName} {id} was used before with other lines; repeat the first request or choose a new id.");
}
