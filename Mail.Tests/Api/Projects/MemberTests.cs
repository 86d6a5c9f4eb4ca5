using System.Net;
using System.Text.Json;
using Mail.Core.Accounts;
using Mail.Core.Common;
using Mail.Core.Database;
using Mail.Core.Projects;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Mail.Tests.Api.Projects;

public sealed class MemberTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private const string Password = "a password that is long";

    private async Task<(ProjectId Project, Dictionary<ProjectRole, Guid> Ids)> ProjectAsync(string name, params ProjectRole[] roles)
    {
        await using AsyncServiceScope scope = api.Services.CreateAsyncScope();
        MailDbContext db = scope.ServiceProvider.GetRequiredService<MailDbContext>();
        UserManager<User> users = scope.ServiceProvider.GetRequiredService<UserManager<User>>();
        DateTimeOffset now = DateTimeOffset.UtcNow;
        Project project = new(ProjectId.New(now), name, now);
        db.Projects.Add(project);
        await db.SaveChangesAsync();
        Dictionary<ProjectRole, Guid> ids = [];
        foreach (ProjectRole role in roles)
        {
            string email = $"{role}.{name}@example.com";
            User user = new() { Id = Guid.CreateVersion7(), UserName = email, Email = email, EmailConfirmed = true };
            Assert.True((await users.CreateAsync(user, Password)).Succeeded);
            db.ProjectMembers.Add(new ProjectMember(project.Id, user.Id, role, now));
            ids[role] = user.Id;
        }

        await db.SaveChangesAsync();
        return (project.Id, ids);
    }

    private async Task<HttpClient> SignedInAsync(ProjectRole role, string name)
    {
        HttpClient client = api.CreateClient(new WebApplicationFactoryClientOptions { HandleCookies = true });
        client.DefaultRequestHeaders.Add("X-Mail-Console", "1");
        await client.PostAsync("/auth/sign-in", JsonSerializer.Serialize(new { email = $"{role}.{name}@example.com", password = Password }), HttpStatusCode.OK);
        return client;
    }

    [Fact]
    public async Task Members_are_listed_and_change_their_roles()
    {
        (_, Dictionary<ProjectRole, Guid> ids) = await ProjectAsync("roles", ProjectRole.Owner, ProjectRole.Viewer);
        using HttpClient owner = await SignedInAsync(ProjectRole.Owner, "roles"), viewer = await SignedInAsync(ProjectRole.Viewer, "roles");

        await viewer.PostAsync("/webhooks", """{"endpoint":"https://hooks.example.com/a","events":["email.sent"]}""", HttpStatusCode.Unauthorized);
        JsonElement changed = await owner.PatchAsync($"/members/{ids[ProjectRole.Viewer]}", """{"role":"admin"}""", HttpStatusCode.OK);

        Assert.Equal("admin", changed.GetProperty("role").GetString());
        Assert.Equal(2, (await viewer.GetAsync("/members", HttpStatusCode.OK)).GetProperty("data").GetArrayLength());
        await viewer.PatchAsync("/project", """{"name":"by the new admin"}""", HttpStatusCode.OK);
    }

    [Fact]
    public async Task Only_owners_act_on_owners_and_one_stays()
    {
        (_, Dictionary<ProjectRole, Guid> ids) = await ProjectAsync("owners", ProjectRole.Owner, ProjectRole.Admin, ProjectRole.Developer);
        using HttpClient owner = await SignedInAsync(ProjectRole.Owner, "owners"), admin = await SignedInAsync(ProjectRole.Admin, "owners"), developer = await SignedInAsync(ProjectRole.Developer, "owners");

        JsonElement promoted = await admin.PatchAsync($"/members/{ids[ProjectRole.Admin]}", """{"role":"owner"}""", HttpStatusCode.Forbidden);
        await admin.PatchAsync($"/members/{ids[ProjectRole.Owner]}", """{"role":"viewer"}""", HttpStatusCode.Forbidden);
        await admin.DeleteAsync($"/members/{ids[ProjectRole.Owner]}", HttpStatusCode.Forbidden);
        await developer.DeleteAsync($"/members/{ids[ProjectRole.Admin]}", HttpStatusCode.Unauthorized);
        JsonElement last = await owner.PatchAsync($"/members/{ids[ProjectRole.Owner]}", """{"role":"admin"}""", HttpStatusCode.Conflict);
        await owner.PostAsync("/members/leave", "", HttpStatusCode.Conflict);

        Assert.Equal(("owner_needed", "last_owner"), (promoted.GetProperty("name").GetString(), last.GetProperty("name").GetString()));
    }

    [Fact]
    public async Task Who_is_removed_or_leaves_is_out_with_the_next_request()
    {
        (_, Dictionary<ProjectRole, Guid> ids) = await ProjectAsync("leaving", ProjectRole.Owner, ProjectRole.Developer, ProjectRole.Viewer);
        using HttpClient owner = await SignedInAsync(ProjectRole.Owner, "leaving"), developer = await SignedInAsync(ProjectRole.Developer, "leaving"), viewer = await SignedInAsync(ProjectRole.Viewer, "leaving");

        await owner.DeleteAsync($"/members/{ids[ProjectRole.Developer]}", HttpStatusCode.OK);
        await viewer.PostAsync("/members/leave", "", HttpStatusCode.NoContent);

        await developer.GetAsync("/emails", HttpStatusCode.NotFound);
        await viewer.GetAsync("/emails", HttpStatusCode.NotFound);
        Assert.Single((await owner.GetAsync("/members", HttpStatusCode.OK)).GetProperty("data").EnumerateArray());
    }

    [Fact]
    public async Task Two_owners_who_remove_each_other_do_not_leave_none()
    {
        (ProjectId project, Dictionary<ProjectRole, Guid> ids) = await ProjectAsync("duel", ProjectRole.Owner, ProjectRole.Admin);
        await using (AsyncServiceScope scope = api.Services.CreateAsyncScope())
            await scope.ServiceProvider.GetRequiredService<MailDbContext>().ProjectMembers.Where(member => member.UserId == ids[ProjectRole.Admin]).ExecuteUpdateAsync(row => row.SetProperty(member => member.Role, ProjectRole.Owner));
        using HttpClient one = await SignedInAsync(ProjectRole.Owner, "duel"), other = await SignedInAsync(ProjectRole.Admin, "duel");

        await Task.WhenAll(
            one.DeleteAsync(new Uri($"/members/{ids[ProjectRole.Admin]}", UriKind.Relative), TestContext.Current.CancellationToken),
            other.DeleteAsync(new Uri($"/members/{ids[ProjectRole.Owner]}", UriKind.Relative), TestContext.Current.CancellationToken));

        await using AsyncServiceScope after = api.Services.CreateAsyncScope();
        Assert.Equal(1, await after.ServiceProvider.GetRequiredService<MailDbContext>().ProjectMembers.CountAsync(member => member.ProjectId == project, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Another_projects_member_is_not_there_and_a_wrong_body_names_its_field()
    {
        (_, Dictionary<ProjectRole, Guid> ids) = await ProjectAsync("mine", ProjectRole.Owner);
        using HttpClient other = api.ClientWith(await api.AddProjectAsync()), owner = await SignedInAsync(ProjectRole.Owner, "mine");

        await other.GetAsync($"/members/{ids[ProjectRole.Owner]}", HttpStatusCode.NotFound);
        await other.PatchAsync($"/members/{ids[ProjectRole.Owner]}", """{"role":"viewer"}""", HttpStatusCode.NotFound);
        await other.DeleteAsync($"/members/{ids[ProjectRole.Owner]}", HttpStatusCode.NotFound);
        await other.PostAsync("/members/leave", "", HttpStatusCode.Forbidden);
        JsonElement wrong = await owner.PatchAsync($"/members/{ids[ProjectRole.Owner]}", """{"role":"root"}""", HttpStatusCode.UnprocessableEntity);
        await owner.PatchAsync($"/members/{ids[ProjectRole.Owner]}", "{}", HttpStatusCode.UnprocessableEntity);

        Assert.Contains("`role` must be one of: owner, admin, developer, viewer", wrong.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Owners_and_administrators_make_projects_and_own_them()
    {
        await ProjectAsync("maker", ProjectRole.Admin, ProjectRole.Viewer);
        using HttpClient admin = await SignedInAsync(ProjectRole.Admin, "maker"), viewer = await SignedInAsync(ProjectRole.Viewer, "maker"), nobody = api.CreateClient();

        JsonElement made = await admin.PostAsync("/projects", """{"name":" Second ","default_locale":"fr"}""", HttpStatusCode.Created);
        await viewer.PostAsync("/projects", """{"name":"x"}""", HttpStatusCode.Forbidden);
        await nobody.PostAsync("/projects", """{"name":"x"}""", HttpStatusCode.Unauthorized);
        await admin.PostAsync("/projects", """{"name":""}""", HttpStatusCode.UnprocessableEntity);
        await admin.PostAsync("/projects", """{"name":"x","default_locale":"!"}""", HttpStatusCode.UnprocessableEntity);
        JsonElement session = await admin.GetAsync("/auth/session", HttpStatusCode.OK);

        Assert.Equal("Second", made.GetProperty("name").GetString());
        Assert.Equal(["admin", "owner"], session.GetProperty("projects").EnumerateArray().Select(project => project.GetProperty("role").GetString()));
        JsonElement inIt = await admin.GetAsync($"/project?project={made.GetProperty("id").GetString()}", HttpStatusCode.OK);
        Assert.Equal("fr", inIt.GetProperty("default_locale").GetString());
    }
}
