using Mail.Api.Access;
using Mail.Core.Database;
using Mail.Core.Projects;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Mail.Api.Projects;

/// <summary>GET /project: the project of the key, or the one that the console works in.</summary>
public static class GetProject
{
    public static void Map(IEndpointRouteBuilder project) => project.MapGet("/", Handle).RequireScope(Scopes.ReadProject);

    public static async Task<Ok<ProjectResponse>> Handle(CurrentProject current, MailDbContext db, CancellationToken ct) =>
        TypedResults.Ok(ProjectResponse.Of(await db.Projects.AsNoTracking().SingleAsync(project => project.Id == current.Id, ct)));
}
