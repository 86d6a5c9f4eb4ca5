using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Mail.Core.Accounts;

/// <summary>A person who signs in to the console (ASP.NET Core Identity).</summary>
public sealed class User : IdentityUser<Guid>
{
    /// <summary>What others see and our mails say; null when it was not told.</summary>
    public string? Name { get; set; }

    /// <summary>The language of our mails to this person (BCP 47); null for the project's.</summary>
    public string? Locale { get; set; }

    /// <summary>The address under which the configuration made it, in Identity's normal form; null for everybody else.</summary>
    public string? BootstrapEmail { get; set; }

    /// <summary>Whether the password is still the configuration's, so that the next start may change it with the configuration.</summary>
    public bool BootstrapPassword { get; set; }
}

public sealed class UserConfiguration :
    IEntityTypeConfiguration<User>, IEntityTypeConfiguration<IdentityUserClaim<Guid>>, IEntityTypeConfiguration<IdentityUserLogin<Guid>>, IEntityTypeConfiguration<IdentityUserToken<Guid>>
{
    public void Configure(EntityTypeBuilder<User> builder)
    {
        builder.ToTable("users");
        builder.Property(user => user.Id).HasColumnName("id");
        builder.Property(user => user.UserName).HasColumnName("user_name");
        builder.Property(user => user.NormalizedUserName).HasColumnName("normalized_user_name");
        builder.Property(user => user.Email).HasColumnName("email");
        builder.Property(user => user.NormalizedEmail).HasColumnName("normalized_email");
        builder.Property(user => user.EmailConfirmed).HasColumnName("email_confirmed");
        builder.Property(user => user.PasswordHash).HasColumnName("password_hash");
        builder.Property(user => user.SecurityStamp).HasColumnName("security_stamp");
        builder.Property(user => user.ConcurrencyStamp).HasColumnName("concurrency_stamp");
        builder.Property(user => user.PhoneNumber).HasColumnName("phone_number");
        builder.Property(user => user.PhoneNumberConfirmed).HasColumnName("phone_number_confirmed");
        builder.Property(user => user.TwoFactorEnabled).HasColumnName("two_factor_enabled");
        builder.Property(user => user.LockoutEnd).HasColumnName("lockout_end");
        builder.Property(user => user.LockoutEnabled).HasColumnName("lockout_enabled");
        builder.Property(user => user.AccessFailedCount).HasColumnName("access_failed_count");
        builder.Property(user => user.Name).HasColumnName("name");
        builder.Property(user => user.Locale).HasColumnName("locale");
        builder.Property(user => user.BootstrapEmail).HasColumnName("bootstrap_email");
        builder.Property(user => user.BootstrapPassword).HasColumnName("bootstrap_password");
    }

    public void Configure(EntityTypeBuilder<IdentityUserClaim<Guid>> builder)
    {
        builder.ToTable("user_claims");
        builder.Property(claim => claim.Id).HasColumnName("id");
        builder.Property(claim => claim.UserId).HasColumnName("user_id");
        builder.Property(claim => claim.ClaimType).HasColumnName("claim_type");
        builder.Property(claim => claim.ClaimValue).HasColumnName("claim_value");
    }

    public void Configure(EntityTypeBuilder<IdentityUserLogin<Guid>> builder)
    {
        builder.ToTable("user_logins");
        builder.Property(login => login.LoginProvider).HasColumnName("login_provider");
        builder.Property(login => login.ProviderKey).HasColumnName("provider_key");
        builder.Property(login => login.ProviderDisplayName).HasColumnName("provider_display_name");
        builder.Property(login => login.UserId).HasColumnName("user_id");
    }

    public void Configure(EntityTypeBuilder<IdentityUserToken<Guid>> builder)
    {
        builder.ToTable("user_tokens");
        builder.Property(token => token.UserId).HasColumnName("user_id");
        builder.Property(token => token.LoginProvider).HasColumnName("login_provider");
        builder.Property(token => token.Name).HasColumnName("name");
        builder.Property(token => token.Value).HasColumnName("value");
    }
}
