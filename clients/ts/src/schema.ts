// sha256 of docs/openapi.json: 6f01b718518cd3e8b0b03a746869a666ecff9ed4ff333130c915cc1f7225e921
export interface paths {
    "/.well-known/jwks.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The public keys of access tokens
         * @description A JSON Web Key Set (RFC 7517); empty where tokens are signed with a secret. It may be kept for five minutes.
         */
        get: operations["well_known_get_keys"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/access/explain": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Explain why somebody is allowed or refused
         * @description About oneself any member may ask, whatever they hold; about others only with `tenants.access:read`.
         */
        get: operations["access_get_explanation"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/activity/{request_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * See all that a request caused
         * @description One tree: its events, who reacted to them and how that went, what those recorded in turn, tasks, audit entries.
         */
        get: operations["activity_get_activity"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/analytics/products/{product_id}/orders": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the sales of a product
         * @description As the sales, of orders with the product, its variants together; money is the product's part of them, without the discount.
         */
        get: operations["analytics_get_product_orders"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/analytics/products/{product_id}/shipping": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Count the shipments of a product
         * @description By where they stand now; `status` narrows, by comma. It follows the shipments within moments.
         */
        get: operations["analytics_get_product_shipping"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/analytics/products/top": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the products that sold best
         * @description Of each currency so many, by what was paid and not given back, at most 400 days.
         */
        get: operations["analytics_get_top_products"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/analytics/rebuilds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Count the sales anew
         * @description A task, one at a time: from the stored events, beside what is read, which it replaces at its end in one step.
         */
        post: operations["analytics_create_rebuild"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/analytics/sales": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the sales
         * @description By day, week or month in the tenant's time zone (its setting), with zeros where nothing happened. It follows the orders within moments.
         *
         *     Periods are whole: the range is widened to the weeks or months that hold its first and its last day.
         */
        get: operations["analytics_get_sales"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/api-keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List API keys
         * @description The ended ones included.
         */
        get: operations["api_keys_list_keys"];
        put?: never;
        /**
         * Make an API key
         * @description The secret is in this answer and never shown again.
         */
        post: operations["api_keys_create_key"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/api-keys/{key_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get an API key
         * @description One key, without its secret.
         */
        get: operations["api_keys_get_key"];
        put?: never;
        post?: never;
        /**
         * Revoke an API key
         * @description For good, from the very next request on.
         */
        delete: operations["api_keys_revoke_key"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/api-keys/{key_id}/adopt": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Answer for an API key
         * @description For one whose maker is gone: it holds at most what you hold.
         */
        post: operations["api_keys_adopt_key"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/api-keys/{key_id}/rotate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Give an API key another secret
         * @description The secret before works on for `overlap_seconds`.
         */
        post: operations["api_keys_rotate_key"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/audit-log": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read the audit log
         * @description Newest first; append-only, and sealed within a minute. Refusals are `action=auth.access.refused`.
         */
        get: operations["audit_list_entries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/audit-log/{key}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get an entry of the audit log
         * @description As it was written.
         */
        get: operations["audit_get_entry"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/audit-log/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Download the audit log
         * @description Newest first, whatever the length. A download that ends before its time has no end marker: it is not whole.
         */
        get: operations["audit_export_entries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/email/change": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask for another address
         * @description Confirmed by a mail to the new address; 202 whether or not somebody has it.
         */
        post: operations["auth_change_email"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/email/confirm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Confirm another address
         * @description By the token of the mail; the old address is told.
         */
        post: operations["auth_confirm_email"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/login": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign in
         * @description Opens a session. With `session_transport: cookie` the refresh token travels in an HttpOnly cookie.
         */
        post: operations["auth_sign_in"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/login/mfa": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign in, second half
         * @description After a 401 `mfa_required`. The token lives five minutes and bears five tries; a code works once.
         */
        post: operations["auth_sign_in_with_code"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/logout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign out
         * @description Ends the session; its access tokens are refused from now on. By cookie it needs no live access token.
         */
        post: operations["auth_sign_out"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/mfa": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Is my second factor on
         * @description And how many recovery codes are left.
         */
        get: operations["auth_get_mfa"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/mfa/recovery-codes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make new recovery codes
         * @description The ones before are worthless from now on.
         */
        post: operations["auth_renew_recovery_codes"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/mfa/totp": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask for an authenticator's secret
         * @description The secret is in this answer and never shown again; it counts once it is confirmed.
         */
        post: operations["auth_enrol_totp"];
        /**
         * Switch the second factor off
         * @description The recovery codes go with it.
         */
        delete: operations["auth_remove_totp"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/mfa/totp/confirm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Switch the second factor on
         * @description By the first code. The recovery codes are in this answer and never shown again; your other sessions end.
         */
        post: operations["auth_confirm_totp"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/password/change": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Change the password
         * @description Needs the current one. All other sessions end.
         */
        post: operations["auth_change_password"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/password/forgot": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask for a new password
         * @description 202 always, whether or not the address is known.
         */
        post: operations["auth_forgot_password"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/password/reset": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Choose a new password by the mail's link
         * @description All sessions end. A second factor is asked for as before.
         */
        post: operations["auth_reset_password"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/refresh": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Rotate the refresh token
         * @description Answers new tokens; a token that was used before ends its whole session.
         */
        post: operations["auth_refresh_session"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/register": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Register
         * @description 202 always, whether or not the address is known; what to do next stands in the mail.
         */
        post: operations["auth_register_person"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List my sessions
         * @description Oldest first; those that have ended are not there.
         */
        get: operations["auth_list_sessions"];
        put?: never;
        post?: never;
        /**
         * End my other sessions
         * @description All but the one that asks, from the very next request on.
         */
        delete: operations["auth_end_other_sessions"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/sessions/{session_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get one of my sessions
         * @description 404 for another person's, and for one that has ended.
         */
        get: operations["auth_get_session"];
        put?: never;
        post?: never;
        /**
         * End one of my sessions
         * @description From the very next request on; it may be the one that asks.
         */
        delete: operations["auth_end_session"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/step-up": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Prove the password again
         * @description After a 401 `step_up_required`: the same access token counts as fresh for ten minutes. With a code where MFA is on.
         */
        post: operations["auth_step_up"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/verify-email": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Prove the address of a registration
         * @description With the password that was registered. Then sign in.
         */
        post: operations["auth_verify_email"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/carts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List my carts
         * @description A colleague's are theirs alone. Of an API key: those of its maker.
         */
        get: operations["carts_list_carts"];
        put?: never;
        /**
         * Create a cart
         * @description Empty, in one currency.
         */
        post: operations["carts_create_cart"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/carts/{cart_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a cart
         * @description With its lines and its ETag. Once it is placed it is an order and no cart.
         */
        get: operations["carts_get_cart"];
        put?: never;
        post?: never;
        /**
         * Delete a cart
         * @description Needs If-Match.
         */
        delete: operations["carts_delete_cart"];
        options?: never;
        head?: never;
        /**
         * Give a discount
         * @description Per cent off the whole; needs If-Match.
         */
        patch: operations["carts_update_cart"];
        trace?: never;
    };
    "/api/v1/carts/{cart_id}/lines": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Put something into a cart
         * @description At the price of now. The same variant again is more of the same line.
         */
        post: operations["carts_create_line"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/carts/{cart_id}/lines/{line_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Take something out of a cart
         * @description Needs If-Match with the cart's ETag; answers the cart.
         */
        delete: operations["carts_delete_line"];
        options?: never;
        head?: never;
        /**
         * Change a quantity
         * @description Needs If-Match with the cart's ETag.
         */
        patch: operations["carts_update_line"];
        trace?: never;
    };
    "/api/v1/carts/{cart_id}/place": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Place an order
         * @description At the cart's prices: where the catalog asks others by now, 409 says which. Its pieces are held; needs If-Match.
         */
        post: operations["carts_place_cart"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/carts/{cart_id}/prices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take the catalog's prices
         * @description Every line gets the price of now; needs If-Match.
         */
        post: operations["carts_reprice_cart"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/categories": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List categories
         * @description By keyset; `q` and `parent` filter, `sort` orders. `parent_id` makes the tree of them.
         */
        get: operations["categories_list_categories"];
        put?: never;
        /**
         * Create a category
         * @description Below another, or at the top; a tree has at most 12 levels.
         */
        post: operations["categories_create_category"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/categories/{category_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a category
         * @description With its ETag.
         */
        get: operations["categories_get_category"];
        put?: never;
        post?: never;
        /**
         * Delete a category
         * @description Needs If-Match. Only an empty one: no category is below it, no product in it.
         */
        delete: operations["categories_delete_category"];
        options?: never;
        head?: never;
        /**
         * Rename or move a category
         * @description A merge patch; needs If-Match. What is below it moves with it.
         */
        patch: operations["categories_update_category"];
        trace?: never;
    };
    "/api/v1/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List event deliveries
         * @description Newest first, with their states and errors. `state=dead` are the dead letters: given up, and waiting for a replay.
         */
        get: operations["deliveries_list_deliveries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/deliveries/{key}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get an event delivery
         * @description With its event, whose secret and personal fields are masked, and the attempts that failed.
         */
        get: operations["deliveries_get_delivery"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/deliveries/{key}/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Replay a dead event delivery
         * @description Due at once, from its first try; the task that it carried is queued again. One that is not dead: 409 `delivery_not_dead`.
         */
        post: operations["deliveries_replay_delivery"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/deliveries/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Replay dead event deliveries
         * @description The oldest that pass the filters, at most 1,000 at once; ask again while `has_more`.
         */
        post: operations["deliveries_replay_deliveries"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/invitations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List invitations
         * @description The ended ones included.
         */
        get: operations["invitations_list_invitations"];
        put?: never;
        /**
         * Invite somebody
         * @description By mail, whether or not the address is known to the platform. Nobody grants what they lack.
         */
        post: operations["invitations_create_invitation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/invitations/{invitation_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get an invitation
         * @description One invitation.
         */
        get: operations["invitations_get_invitation"];
        put?: never;
        post?: never;
        /**
         * Take an invitation back
         * @description Its link is dead at once.
         */
        delete: operations["invitations_revoke_invitation"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/invitations/{invitation_id}/resend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Mail an invitation again
         * @description With a new link and a new time; the link before works no more.
         */
        post: operations["invitations_resend_invitation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/invitations/accept": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Accept an invitation
         * @description Signed in with the invited address, or as a new person with name and password.
         */
        post: operations["invitations_accept_invitation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who am I, and what may I do here
         * @description One call gates a whole menu: person, memberships and, with X-Tenant-ID, roles, permissions, features and limits.
         */
        get: operations["users_get_me"];
        put?: never;
        post?: never;
        /**
         * Erase me
         * @description With the address typed out. For good: memberships end, nothing signs in any more, audit logs keep an id alone.
         */
        delete: operations["users_erase_me"];
        options?: never;
        head?: never;
        /**
         * Change my profile
         * @description Name, picture, language and time zone. What tenants see of the person follows a moment later.
         */
        patch: operations["users_update_me"];
        trace?: never;
    };
    "/api/v1/me/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Everything that is kept of me
         * @description Profile, memberships, sessions, API keys, and what the audit logs say that I did.
         */
        get: operations["users_export_me"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/members": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List members
         * @description Everybody who belongs to the tenant.
         */
        get: operations["members_list_members"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/members/{user_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a member
         * @description One member.
         */
        get: operations["members_get_member"];
        put?: never;
        post?: never;
        /**
         * Remove a member
         * @description Needs If-Match. Refused from the very next request on. The last owner stays.
         */
        delete: operations["members_remove_member"];
        options?: never;
        head?: never;
        /**
         * Change a member's roles
         * @description Needs If-Match. The last owner cannot be demoted.
         */
        patch: operations["members_update_member"];
        trace?: never;
    };
    "/api/v1/operator/backlog": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * See what waits, by tenant and queue
         * @description How much waits, runs, is set aside and is dead, and for how long the oldest has been due.
         */
        get: operations["operator_list_backlog"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the deliveries of all tenants
         * @description Newest first; of events the names, nothing of what they say.
         */
        get: operations["operator_list_operated_deliveries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/deliveries/{tenant_id}/{key}/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Replay a tenant's dead delivery
         * @description Due at once, from its first try. One that is not dead: 409 `delivery_not_dead`.
         */
        post: operations["operator_replay_operated_delivery"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/deliveries/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Replay dead deliveries of any tenants
         * @description Tenant by tenant, at most 1,000 at once; each tenant's audit log says so. Ask again while `has_more`.
         */
        post: operations["operator_replay_operated_deliveries"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/hub": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * See events, handlers, tasks and schedules
         * @description Of the modules that this installation uses: what each event holds, and who reacts to it how.
         */
        get: operations["operator_get_hub"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/impersonations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List who acts as whom
         * @description Those that are not over.
         */
        get: operations["operator_list_impersonations"];
        put?: never;
        /**
         * Act as somebody
         * @description In one tenant, for at most an hour; the tenant's audit log says so. Passwords, keys and deletion stay the person's.
         */
        post: operations["operator_start_impersonation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/impersonations/{impersonation_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Act as somebody no more
         * @description Whoever began it; effective at once.
         */
        delete: operations["operator_end_impersonation"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/schedules": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the schedules that there are
         * @description When each comes next, and how its last run ended; of those that each tenant has, in the tenant that is asked for.
         */
        get: operations["operator_list_schedules"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/schedules/{name}/run": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Run a schedule now
         * @description Beside its times, which come as ever; what each tenant has, in one tenant.
         */
        post: operations["operator_run_schedule"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/tenants": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List all tenants
         * @description By id; filtered by state, plan and a part of slug or name.
         */
        get: operations["operator_list_tenants"];
        put?: never;
        /**
         * Make a tenant for somebody
         * @description The person of that address becomes its owner.
         */
        post: operations["operator_create_tenant"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/tenants/{tenant_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a tenant
         * @description One tenant.
         */
        get: operations["operator_get_tenant"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/tenants/{tenant_id}/plan": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Give a tenant another plan
         * @description Needs If-Match. In force from the next request on.
         */
        put: operations["operator_set_plan"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/tenants/{tenant_id}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Resume a tenant
         * @description Its people are let in again, and its deliveries go on.
         */
        post: operations["operator_resume_tenant"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/tenants/{tenant_id}/suspend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Suspend a tenant
         * @description Its people are refused from the next request on; its deliveries wait.
         */
        post: operations["operator_suspend_tenant"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/users/{user_id}/disable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Disable a person
         * @description Sessions, memberships and API keys count no more, from the next request on.
         */
        post: operations["operator_disable_user"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operator/users/{user_id}/enable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Enable a person
         * @description They sign in again, with the memberships they had.
         */
        post: operations["operator_enable_user"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orders": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List orders
         * @description Of everybody in the tenant; carts are none yet.
         */
        get: operations["orders_list_orders"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orders/{order_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get an order
         * @description With its lines, its payments and its ETag.
         */
        get: operations["orders_get_order"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orders/{order_id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Cancel an order
         * @description Before it is paid; its pieces are let go. Needs If-Match.
         */
        post: operations["orders_cancel_order"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orders/{order_id}/pay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Pay for an order
         * @description A task that asks the gateway for the total. Sent again, it takes up the same payment: nothing is charged twice.
         */
        post: operations["orders_pay_order"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orders/{order_id}/refund": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Refund an order
         * @description A task that asks the gateway to give the total back, whatever the discount was; the pieces are in stock again.
         */
        post: operations["orders_refund_order"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/permissions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the permissions that there are
         * @description All of the installed modules, by id.
         */
        get: operations["permissions_list_permissions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/products": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List products
         * @description By keyset; `status`, `category`, `q`, prices and times filter, `sort` orders.
         */
        get: operations["catalog_list_products"];
        put?: never;
        /**
         * Create a product
         * @description The sku is unique within the tenant.
         */
        post: operations["catalog_create_product"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/products/{product_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a product
         * @description With its ETag.
         */
        get: operations["catalog_get_product"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change a product
         * @description A merge patch; needs If-Match.
         */
        patch: operations["catalog_update_product"];
        trace?: never;
    };
    "/api/v1/products/{product_id}/archive": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Archive a product
         * @description Final; needs If-Match. The sku stays taken.
         */
        post: operations["catalog_archive_product"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/products/{product_id}/prices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the changes of a product's prices
         * @description Its own and those of its further variants, the newest first: who changed which price, and when.
         */
        get: operations["catalog_list_prices"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/products/{product_id}/stock": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List a product's stock
         * @description Its own and that of its further variants: pieces at hand, those that orders hold, those that nobody does.
         */
        get: operations["catalog_list_stock"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/products/{product_id}/variants": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List a product's further variants
         * @description Without the product itself, whose own sku, price and stock are its first variant.
         */
        get: operations["catalog_list_variants"];
        put?: never;
        /**
         * Create a variant
         * @description The sku is unique within the tenant, among products and variants.
         */
        post: operations["catalog_create_variant"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/products/{product_id}/variants/{variant_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a variant
         * @description With its ETag.
         */
        get: operations["catalog_get_variant"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change a variant
         * @description A merge patch; needs If-Match.
         */
        patch: operations["catalog_update_variant"];
        trace?: never;
    };
    "/api/v1/products/{product_id}/variants/{variant_id}/archive": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Archive a variant
         * @description Final; needs If-Match. The sku stays taken; what orders hold of it stays theirs.
         */
        post: operations["catalog_archive_variant"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/products/batch": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Create many products
         * @description Up to 100, each as if it came alone, with a result for each; with `atomic` all or none. Counts as so many writes.
         */
        post: operations["catalog_create_products"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/products/reprice": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Change many prices
         * @description A task: all products and variants that are there now, or those of one status; one at a time. A half of a minor unit goes to the even one.
         *
         *     A price that would exceed the largest number stays as it is; the result counts what was seen, changed and refused.
         */
        post: operations["catalog_reprice_products"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/products/summary": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Count products by status
         * @description A projection fed by events: it follows a change within moments.
         */
        get: operations["catalog_get_summary"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/roles": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List roles
         * @description The four system roles come first; then the tenant's own, by key.
         */
        get: operations["roles_list_roles"];
        put?: never;
        /**
         * Make a role
         * @description Of the permission catalogue; nobody grants what they lack.
         */
        post: operations["roles_create_role"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/roles/{key}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a role
         * @description With its ETag.
         */
        get: operations["roles_get_role"];
        put?: never;
        post?: never;
        /**
         * Delete a role
         * @description Needs If-Match. Only one that nobody holds.
         */
        delete: operations["roles_delete_role"];
        options?: never;
        head?: never;
        /**
         * Change a role
         * @description Needs If-Match. Whoever holds it has the new permissions on the very next request.
         */
        patch: operations["roles_update_role"];
        trace?: never;
    };
    "/api/v1/shipments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List shipments
         * @description One for each order that was paid.
         */
        get: operations["shipping_list_shipments"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/shipments/{shipment_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a shipment
         * @description How far it has come, by what its carrier told last.
         */
        get: operations["shipping_get_shipment"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/shipments/{shipment_id}/dispatch": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Have a shipment booked
         * @description A task that asks the chosen carrier to take it: where none was chosen when its order was paid, or where it failed.
         */
        post: operations["shipping_dispatch_shipment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/shipping/carriers/{carrier}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the account with a carrier
         * @description Whether there is one, and where the carrier sends its messages; neither of its secrets.
         */
        get: operations["shipping_get_carrier"];
        /**
         * Entrust a carrier's credentials
         * @description Both secrets, in the place of those before; they are kept encrypted. Needs If-Match, "0" for the first time.
         */
        put: operations["shipping_set_carrier"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/shipping/webhooks/{tenant_id}/{endpoint_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Tell how far a shipment has come
         * @description For carriers, signed as Standard Webhooks has it. A message that has come already is answered alike, and does nothing.
         */
        post: operations["shipping_receive_message"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tasks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List tasks
         * @description Newest first; `state` and `kind` filter.
         */
        get: operations["tasks_list_tasks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tasks/{task_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a task
         * @description Its progress and, at its end, what came of it.
         */
        get: operations["tasks_get_task"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tasks/{task_id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Cancel a task
         * @description At once where it waits, with all that wait for it; where it runs it ends before its next step, unless that was the last.
         */
        post: operations["tasks_cancel_task"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tasks/{task_id}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Watch a task
         * @description Server-sent events until the task has ended, at most five streams a caller; a comment every 15 s keeps it open.
         */
        get: operations["tasks_watch_task"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tenants": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List my tenants
         * @description The tenants that the caller is a member of.
         */
        get: operations["tenants_list_tenants"];
        put?: never;
        /**
         * Create a tenant
         * @description The caller becomes its owner.
         */
        post: operations["tenants_create_tenant"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tenants/{tenant_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get one of my tenants
         * @description The same 404 for a tenant of others and for one that does not exist.
         */
        get: operations["tenants_get_my_tenant"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tenants/current": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the chosen tenant
         * @description The tenant that X-Tenant-ID selects.
         */
        get: operations["tenants_get_tenant"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change the chosen tenant
         * @description Needs If-Match. With another slug, the old one selects the tenant for 30 more days; at most three do at a time.
         */
        patch: operations["tenants_update_tenant"];
        trace?: never;
    };
    "/api/v1/tenants/current/deletion": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Have the chosen tenant deleted
         * @description With the slug typed out. Until the answered date it can be taken back; then nothing of the tenant is left.
         */
        post: operations["tenants_plan_deletion"];
        /**
         * Take the deletion back
         * @description The tenant stays.
         */
        delete: operations["tenants_keep_tenant"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tenants/current/leave": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Leave the chosen tenant
         * @description The caller's membership ends at once. The last owner stays.
         */
        post: operations["tenants_leave_tenant"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tenants/current/ownership": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Hand the tenant over
         * @description Another member becomes an owner in the caller's place, who becomes an admin.
         */
        post: operations["tenants_transfer_ownership"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tenants/current/settings/{module}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the tenant's settings for a module
         * @description All of them, defaults included.
         */
        get: operations["tenants_get_settings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change the tenant's settings for a module
         * @description Needs If-Match. A merge patch: what is absent stays, null brings the default back.
         */
        patch: operations["tenants_update_settings"];
        trace?: never;
    };
    "/health/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Is the process alive
         * @description Touches nothing.
         */
        get: operations["health_get_liveness"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/ready": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Can the process serve
         * @description Asks database, schema and Redis, once a second at most; 503 with `checks` where requests cannot be served.
         */
        get: operations["health_get_readiness"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /**
         * AccessDecision
         * @description The decision, as a refusal carries it.
         */
        AccessDecision: {
            /**
             * Allowed
             * @description whether the member may, by what is known without the object
             */
            allowed: boolean;
            /**
             * Granted By
             * @description roles, or plans, that would change it; null without `tenants.access:read`
             */
            granted_by: string[] | null;
            /**
             * Missing
             * @description what the member or the plan lacks
             */
            missing: string[];
            /**
             * Reason
             * @description why, in a sentence
             */
            reason: string;
            /**
             * Rule
             * @description tenant, member, mfa, permission or plan: the first that refuses, or the last judged
             */
            rule: string;
        };
        /**
         * AccessFactor
         * @description The second factor.
         */
        AccessFactor: {
            /**
             * Proved
             * @description whether this session proved one; null for others' sessions
             */
            proved: boolean | null;
            /**
             * Required
             * @description whether the tenant demands one
             */
            required: boolean;
        };
        /**
         * AccessOut
         * @description Why a member is allowed or refused, layer by layer.
         */
        AccessOut: {
            decision: components["schemas"]["AccessDecision"];
            /**
             * Member State
             * @description active, or disabled by the platform
             */
            member_state: string;
            mfa: components["schemas"]["AccessFactor"];
            /**
             * Permission
             * @description what was asked about
             */
            permission: string;
            /**
             * Roles
             * @description the member's roles, each with what it contributes
             */
            roles: components["schemas"]["RoleContribution"][];
            tenant: components["schemas"]["AccessTenant"];
            /**
             * User Id
             * Format: uuid
             * @description about whom
             */
            user_id: string;
        };
        /**
         * AccessTenant
         * @description The tenant, as far as it decides.
         */
        AccessTenant: {
            /**
             * Included
             * @description whether the plan includes the module, or no plan decides on it
             */
            included: boolean;
            /**
             * Module
             * @description the module of the permission
             */
            module: string;
            /**
             * Plan
             * @description the plan's key
             */
            plan: string;
            /**
             * State
             * @description active or suspended
             */
            state: string;
        };
        /**
         * ActData
         * @description An entry of an audit log that names the person as the one who acted.
         */
        ActData: {
            /**
             * Action
             * @description what
             */
            action: string;
            /**
             * Address
             * @description from which network address
             */
            address: string | null;
            /**
             * At
             * Format: date-time
             * @description when
             */
            at: string;
            /**
             * Target
             * @description to what
             */
            target: string | null;
            /**
             * Tenant Id
             * Format: uuid
             * @description in whose log; the platform's own for what concerns no tenant
             */
            tenant_id: string;
            /**
             * User Agent
             * @description with which software, as it said
             */
            user_agent: string | null;
        };
        /**
         * ActingOut
         * @description An operator acts as the person, in one tenant.
         */
        ActingOut: {
            /**
             * Ends At
             * @description when it is over
             */
            ends_at: string | null;
            /**
             * Operator Id
             * Format: uuid
             * @description who acts
             */
            operator_id: string;
            /**
             * Tenant Id
             * @description the one tenant in which they do
             */
            tenant_id: string | null;
        };
        /**
         * Activity
         * @description Everything that one request caused in the tenant.
         */
        Activity: {
            /**
             * Audit
             * @description its entries of the audit log; null without `core.audit:read`
             */
            audit: components["schemas"]["AuditEntryOut"][] | null;
            /**
             * Events
             * @description what the request itself recorded, by time
             */
            events: components["schemas"]["ActivityEvent"][];
            /**
             * Request Id
             * Format: uuid
             * @description the request
             */
            request_id: string;
            /**
             * Tasks
             * @description tasks that no delivery carries yet: they wait for others
             */
            tasks: components["schemas"]["ActivityTask"][];
            /**
             * Truncated
             * @description there is more than 1,000 nodes, or 12 generations, of it
             */
            truncated: boolean;
        };
        /**
         * ActivityDelivery
         * @description One event for one handler, and what that did in its turn.
         */
        ActivityDelivery: {
            /**
             * Attempt
             * @description how often it was leased
             */
            attempt: number;
            /**
             * Created At
             * Format: date-time
             * @description when the event was committed
             */
            created_at: string;
            /**
             * Due At
             * Format: date-time
             * @description not to be started before
             */
            due_at: string;
            /**
             * Error
             * @description why the last attempt failed
             */
            error: string | null;
            /**
             * Events
             * @description what the handler recorded, by time
             */
            events: components["schemas"]["ActivityEvent"][];
            /**
             * Finished At
             * @description when it was done, or given up
             */
            finished_at: string | null;
            /**
             * Handler
             * @description who reacts
             */
            handler: string;
            /**
             * Id
             * @description the delivery
             */
            id: string;
            /**
             * Queue
             * @description the queue that carries it
             */
            queue: string;
            /**
             * Replays
             * @description how often somebody replayed it
             */
            replays: number;
            /**
             * Started At
             * @description when the last attempt began
             */
            started_at: string | null;
            /**
             * State
             * @description pending, leased, done, dead or parked
             */
            state: string;
            /** @description the task that it carries */
            task: components["schemas"]["ActivityTask"] | null;
        };
        /**
         * ActivityEvent
         * @description A fact, and who reacts to it in the background.
         */
        ActivityEvent: {
            /**
             * Actor
             * @description who caused it
             */
            actor: string;
            /**
             * At
             * Format: date-time
             * @description when
             */
            at: string;
            /**
             * Deliveries
             * @description oldest first; none: nobody reacts, or at once
             */
            deliveries: components["schemas"]["ActivityDelivery"][];
            /**
             * Event Version
             * @description the version of its fields
             */
            event_version: number;
            /**
             * Id
             * Format: uuid
             * @description the event
             */
            id: string;
            /**
             * Name
             * @description what happened
             */
            name: string;
        };
        /**
         * ActivityTask
         * @description Long work, and where it stands.
         */
        ActivityTask: {
            /**
             * Attempt
             * @description how often it was begun or resumed
             */
            attempt: number;
            /**
             * Created At
             * Format: date-time
             * @description when it was started by somebody
             */
            created_at: string;
            /**
             * Done
             * @description how much is done
             */
            done: number;
            /**
             * Error
             * @description why it failed
             */
            error: string | null;
            /**
             * Finished At
             * @description when it ended
             */
            finished_at: string | null;
            /**
             * Id
             * Format: uuid
             * @description the task
             */
            id: string;
            /**
             * Kind
             * @description what it does
             */
            kind: string;
            /**
             * Started At
             * @description when it began to run
             */
            started_at: string | null;
            /**
             * State
             * @description queued, running, succeeded, failed or cancelled
             */
            state: string;
            /**
             * Total
             * @description of how much, where that is known
             */
            total: number | null;
            /**
             * Unit
             * @description what is counted
             */
            unit: string | null;
        };
        /**
         * AuditEntryOut
         * @description Who did what to what.
         */
        AuditEntryOut: {
            /**
             * Action
             * @description `<module>.<noun>.<verb>`
             */
            action: string;
            /**
             * Actor
             * @description `user:<id>`, `api_key:<id>`, `operator:<id> as user:<id>`, system or anonymous
             */
            actor: string;
            /**
             * Address
             * @description the client's address
             */
            address: string | null;
            /**
             * After
             * @description values after; secret and personal ones are `***`
             */
            after: {
                [key: string]: unknown;
            } | null;
            /**
             * At
             * Format: date-time
             * @description when
             */
            at: string;
            /**
             * Before
             * @description values before; secret and personal ones are `***`
             */
            before: {
                [key: string]: unknown;
            } | null;
            /**
             * Id
             * @description time-ordered
             */
            id: string;
            /**
             * Request Id
             * Format: uuid
             * @description the request that caused it
             */
            request_id: string;
            /**
             * Target
             * @description `<noun>:<id>`
             */
            target: string | null;
            /**
             * User Agent
             * @description the client's software, as it says
             */
            user_agent: string | null;
        };
        /**
         * Backlog
         * @description What a tenant has in a queue.
         */
        Backlog: {
            /**
             * Dead
             * @description given up, and to be replayed by hand
             */
            dead: number;
            /**
             * Leased
             * @description with a worker, or on the way to one
             */
            leased: number;
            /**
             * Oldest Due Seconds
             * @description for how long the oldest of the waiting has been due
             */
            oldest_due_seconds: number;
            /**
             * Parked
             * @description set aside: no installed code knows them
             */
            parked: number;
            /**
             * Queue
             * @description the queue that carries it
             */
            queue: string;
            /**
             * Tenant
             * @description the tenant's slug
             */
            tenant: string;
            /**
             * Tenant Id
             * Format: uuid
             * @description whose
             */
            tenant_id: string;
            /**
             * Waiting
             * @description not begun, or to be tried again
             */
            waiting: number;
        };
        /** Batch[ProductCreate] */
        Batch_ProductCreate_: {
            /**
             * Atomic
             * @description all or nothing: one that fails undoes all
             * @default false
             */
            atomic?: boolean;
            /**
             * Items
             * @description 1 to 100 of them, in the order of the results
             */
            items: components["schemas"]["ProductCreate"][];
        };
        /**
         * BatchOut
         * @description What became of all, in the order in which they were sent.
         */
        BatchOut_ProductOut_: {
            /**
             * Failed
             * @description how many
             * @example 0
             */
            failed: number;
            /**
             * Results
             * @description one for each item
             */
            results: components["schemas"]["ItemResult_ProductOut_"][];
            /**
             * Succeeded
             * @description how many
             */
            succeeded: number;
        };
        /**
         * CarrierMessage
         * @description What a carrier tells of one shipment; what else it says is passed over.
         * @example {
         *       "occurred_at": "2026-01-31T12:00:00Z",
         *       "reference": "P-4711",
         *       "status": "inProgress"
         *     }
         */
        CarrierMessage: {
            /**
             * Occurred At
             * Format: date-time
             * @description since when
             */
            occurred_at: string;
            /**
             * Reason
             * @description why it failed
             */
            reason?: string | null;
            /**
             * Reference
             * @description the carrier's name for it
             */
            reference: string;
            /**
             * Status
             * @description inProgress, delivered or failed; any other changes nothing
             */
            status: string;
        } & {
            [key: string]: unknown;
        };
        /**
         * CarrierOut
         * @description The tenant's account with a carrier, without its secrets.
         */
        CarrierOut: {
            /**
             * Carrier
             * @description its name here
             * @example http
             */
            carrier: string;
            /**
             * Is Chosen
             * @description whether new shipments go to it
             */
            is_chosen: boolean;
            /**
             * Is Configured
             * @description whether the tenant has entrusted credentials
             */
            is_configured: boolean;
            /**
             * Updated At
             * @description when it was last changed
             */
            updated_at: string | null;
            /**
             * Version
             * @description another one after every change; also the ETag; 0 before the first
             */
            version: number;
            /**
             * Webhook Path
             * @description where the carrier is to send its messages
             * @example /api/v1/shipping/webhooks/...
             */
            webhook_path: string | null;
        };
        /**
         * CarrierPut
         * @description What a tenant entrusts. Neither secret is ever shown again.
         * @example {
         *       "credential": "carrier_accept",
         *       "is_chosen": true,
         *       "webhook_secret": "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
         *     }
         */
        CarrierPut: {
            /**
             * Credential
             * @description what the carrier knows the tenant by. The local carrier has `carrier_accept`, `carrier_refuse`, `carrier_silent`, and `carrier_lost`, whose first answer is lost
             */
            credential: string;
            /**
             * Is Chosen
             * @description whether new shipments go to it, and no longer to another
             */
            is_chosen: boolean;
            /**
             * Webhook Secret
             * @description what the carrier signs its messages with, as Standard Webhooks writes it: 24 to 64 bytes
             */
            webhook_secret: string;
        };
        /**
         * CartCreate
         * @description A new cart.
         * @example {
         *       "currency": "EUR"
         *     }
         */
        CartCreate: {
            /**
             * Currency
             * @description ISO 4217; all that is put in is sold in it
             */
            currency: string;
        };
        /**
         * CartListed
         * @description A cart in a list.
         */
        CartListed: {
            /**
             * Created At
             * Format: date-time
             * @description when it was made
             */
            created_at: string;
            /**
             * Currency
             * @description ISO 4217
             * @example EUR
             */
            currency: string;
            /**
             * Discount
             * @description what the discount takes off; a half goes to the even one
             * @example 90
             */
            discount: number;
            /**
             * Discount Percent
             * @description per cent off the whole
             * @example 10
             */
            discount_percent: number;
            /**
             * Id
             * Format: uuid
             * @description the cart's id; once placed, the order's
             */
            id: string;
            /**
             * Subtotal
             * @description the sum of the lines
             * @example 900
             */
            subtotal: number;
            /**
             * Total
             * @description what is to be paid
             * @example 810
             */
            total: number;
            /**
             * Updated At
             * Format: date-time
             * @description when it was last changed
             */
            updated_at: string;
            /**
             * Version
             * @description another one after every change; also the ETag
             */
            version: number;
        };
        /**
         * CartOut
         * @description A cart.
         */
        CartOut: {
            /**
             * Created At
             * Format: date-time
             * @description when it was made
             */
            created_at: string;
            /**
             * Currency
             * @description ISO 4217
             * @example EUR
             */
            currency: string;
            /**
             * Discount
             * @description what the discount takes off; a half goes to the even one
             * @example 90
             */
            discount: number;
            /**
             * Discount Percent
             * @description per cent off the whole
             * @example 10
             */
            discount_percent: number;
            /**
             * Id
             * Format: uuid
             * @description the cart's id; once placed, the order's
             */
            id: string;
            /**
             * Lines
             * @description what is in it, in the order of putting in
             */
            lines: components["schemas"]["LineOut"][];
            /**
             * Subtotal
             * @description the sum of the lines
             * @example 900
             */
            subtotal: number;
            /**
             * Total
             * @description what is to be paid
             * @example 810
             */
            total: number;
            /**
             * Updated At
             * Format: date-time
             * @description when it was last changed
             */
            updated_at: string;
            /**
             * Version
             * @description another one after every change; also the ETag
             */
            version: number;
        };
        /**
         * CartUpdate
         * @description A merge patch (RFC 7396).
         * @example {
         *       "discount_percent": 10
         *     }
         */
        CartUpdate: {
            /**
             * Discount Percent
             * @description per cent off the whole
             */
            discount_percent?: number;
        };
        /**
         * CategoryCreate
         * @description A new category.
         * @example {
         *       "name": "Drinks"
         *     }
         */
        CategoryCreate: {
            /**
             * Name
             * @description once below one parent
             */
            name: string;
            /**
             * Parent Id
             * @description the category that it is below; null: at the top
             */
            parent_id?: string | null;
        };
        /**
         * CategoryOut
         * @description A category, in lists and alone.
         */
        CategoryOut: {
            /**
             * Created At
             * Format: date-time
             * @description when it was made
             */
            created_at: string;
            /**
             * Id
             * Format: uuid
             * @description the category's id
             */
            id: string;
            /**
             * Name
             * @description once below one parent
             * @example Drinks
             */
            name: string;
            /**
             * Parent Id
             * @description the category that it is below; null: at the top
             */
            parent_id: string | null;
            /**
             * Updated At
             * Format: date-time
             * @description when it was last changed
             */
            updated_at: string;
            /**
             * Version
             * @description counts every change; also the ETag
             */
            version: number;
        };
        /**
         * CategoryUpdate
         * @description A merge patch (RFC 7396): what is absent stays; a parent of null moves it to the top.
         * @example {
         *       "name": "Hot drinks"
         *     }
         */
        CategoryUpdate: {
            /**
             * Name
             * @description once below one parent
             */
            name?: string;
            /**
             * Parent Id
             * @description the category that it is below; null: at the top
             */
            parent_id?: string | null;
        };
        /**
         * ChangePassword
         * @description The current password, and the new one.
         */
        ChangePassword: {
            /**
             * Current Password
             * Format: password
             * @description as typed; nothing is trimmed
             */
            current_password: string;
            /**
             * Password
             * Format: password
             * @description at least 8 characters, any; common ones are refused
             */
            password: string;
        };
        /**
         * ConfirmEmail
         * @description The token of the mail to the new address.
         */
        ConfirmEmail: {
            /**
             * Token
             * @description from the mail's link, behind `#token=`
             */
            token: string;
        };
        /**
         * DefaultResponse
         * @description An answer without a resource, and the envelope of every error.
         */
        DefaultResponse: {
            /**
             * Details
             * @description the problem, where it is an error
             */
            details: {
                [key: string]: unknown;
            };
            /**
             * Msg
             * @description a sentence for people
             */
            msg: string;
            /**
             * Status
             * @description true for success, false for an error
             */
            status: boolean;
        };
        /**
         * DeletionOut
         * @description A deletion that is planned.
         */
        DeletionOut: {
            /**
             * Due At
             * Format: date-time
             * @description from then on everything of the tenant is removed for good
             */
            due_at: string;
        };
        /**
         * DeletionRequest
         * @description The wish to have a tenant deleted, typed out.
         */
        DeletionRequest: {
            /**
             * Confirm
             * @description the tenant's slug
             */
            confirm: string;
        };
        /**
         * DeliveryDetail
         * @description One delivery, with its event and how it failed.
         */
        DeliveryDetail: {
            /**
             * Actor
             * @description who caused the event, as the audit log names them
             */
            actor: string;
            /**
             * At
             * Format: date-time
             * @description when it happened
             */
            at: string;
            /**
             * Attempt
             * @description how often it was leased, over all replays
             */
            attempt: number;
            /**
             * Cause
             * @description the delivery whose handler recorded the event; null: a request did
             */
            cause: string | null;
            /**
             * Created At
             * Format: date-time
             * @description when the event was committed
             */
            created_at: string;
            /**
             * Due At
             * Format: date-time
             * @description not to be started before
             */
            due_at: string;
            /**
             * Error
             * @description why the last attempt failed
             */
            error: string | null;
            /**
             * Event
             * @description the event's name
             */
            event: string;
            /**
             * Event Id
             * Format: uuid
             * @description the event
             */
            event_id: string;
            /**
             * Event Version
             * @description the version of the event's fields
             */
            event_version: number;
            /**
             * Failures
             * @description the attempts that failed, oldest first; the last 20
             */
            failures: components["schemas"]["FailureOut"][];
            /**
             * Finished At
             * @description when it was done, or given up
             */
            finished_at: string | null;
            /**
             * Handler
             * @description who reacts
             */
            handler: string;
            /**
             * Id
             * @description time-ordered
             */
            id: string;
            /**
             * Lease Until
             * @description until when a worker has it
             */
            lease_until: string | null;
            /**
             * Ordering Key
             * @description deliveries with the same key run one after another
             */
            ordering_key: string | null;
            /**
             * Payload
             * @description the event's fields; secret and personal ones are `***`
             */
            payload: {
                [key: string]: unknown;
            };
            /**
             * Queue
             * @description the queue that carries it
             */
            queue: string;
            /**
             * Replays
             * @description how often somebody replayed it
             */
            replays: number;
            /**
             * Request Id
             * Format: uuid
             * @description the request that caused it, by way of however many handlers
             */
            request_id: string;
            /**
             * Started At
             * @description when the last attempt began
             */
            started_at: string | null;
            /**
             * State
             * @description pending, leased, done, dead or parked
             */
            state: string;
            /**
             * Tries
             * @description how many starts are known of, since it was last replayed
             */
            tries: number;
        };
        /**
         * DeliveryOut
         * @description One event for one handler.
         */
        DeliveryOut: {
            /**
             * Attempt
             * @description how often it was leased, over all replays
             */
            attempt: number;
            /**
             * Created At
             * Format: date-time
             * @description when the event was committed
             */
            created_at: string;
            /**
             * Due At
             * Format: date-time
             * @description not to be started before
             */
            due_at: string;
            /**
             * Error
             * @description why the last attempt failed
             */
            error: string | null;
            /**
             * Event
             * @description the event's name
             */
            event: string;
            /**
             * Event Id
             * Format: uuid
             * @description the event
             */
            event_id: string;
            /**
             * Finished At
             * @description when it was done, or given up
             */
            finished_at: string | null;
            /**
             * Handler
             * @description who reacts
             */
            handler: string;
            /**
             * Id
             * @description time-ordered
             */
            id: string;
            /**
             * Queue
             * @description the queue that carries it
             */
            queue: string;
            /**
             * Replays
             * @description how often somebody replayed it
             */
            replays: number;
            /**
             * Request Id
             * Format: uuid
             * @description the request that caused it, by way of however many handlers
             */
            request_id: string;
            /**
             * Started At
             * @description when the last attempt began
             */
            started_at: string | null;
            /**
             * State
             * @description pending, leased, done, dead or parked
             */
            state: string;
            /**
             * Tries
             * @description how many starts are known of, since it was last replayed
             */
            tries: number;
        };
        /**
         * EmailChange
         * @description The new address.
         */
        EmailChange: {
            /**
             * Email
             * Format: email
             * @description an e-mail address; kept in lower case
             */
            email: string;
        };
        /**
         * Erasure
         * @description The wish to be erased, typed out.
         */
        Erasure: {
            /**
             * Confirm
             * @description your address
             */
            confirm: string;
        };
        /**
         * @example {
         *       "details": {
         *         "code": "not_found",
         *         "detail": "Not found",
         *         "errors": [],
         *         "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
         *         "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
         *         "retryable": false,
         *         "status": 404,
         *         "title": "Not found",
         *         "type": "/problems/not_found"
         *       },
         *       "msg": "Not found",
         *       "status": false
         *     }
         */
        ErrorEnvelope: {
            details: components["schemas"]["Problem"];
            msg: string;
            /** @constant */
            status: false;
        };
        /**
         * EventEntry
         * @description A fact that is recorded, and who reacts to it.
         */
        EventEntry: {
            /** Description */
            description: string;
            /**
             * Event Version
             * @description another one means other fields
             */
            event_version: number;
            /** Fields */
            fields: components["schemas"]["FieldEntry"][];
            /** Handlers */
            handlers: components["schemas"]["HandlerEntry"][];
            /**
             * Module
             * @description whose fact it is
             */
            module: string;
            /** Name */
            name: string;
            /**
             * Public
             * @description people outside may be told of it
             */
            public: boolean;
            /**
             * Retention Days
             * @description how long it is kept; null: for ever
             */
            retention_days: number | null;
            /**
             * Sample
             * @description a payload, made up
             */
            sample: {
                [key: string]: unknown;
            };
            /**
             * Schema
             * @description of its payload: JSON Schema, draft 2020-12
             */
            schema: {
                [key: string]: unknown;
            };
        };
        /**
         * FailureOut
         * @description An attempt that failed.
         */
        FailureOut: {
            /**
             * At
             * @description when, ISO 8601
             */
            at: string | null;
            /**
             * Attempt
             * @description which
             */
            attempt: number | null;
            /**
             * Error
             * @description why
             */
            error: string | null;
        };
        /**
         * FieldEntry
         * @description A field of an event.
         */
        FieldEntry: {
            /** Name */
            name: string;
            /**
             * Type
             * @description as the code spells it
             */
            type: string;
        };
        /**
         * ForgotPassword
         * @description Whose password is forgotten.
         */
        ForgotPassword: {
            /**
             * Email
             * Format: email
             * @description an e-mail address; kept in lower case
             */
            email: string;
        };
        /**
         * HandlerEntry
         * @description A reaction to an event.
         */
        HandlerEntry: {
            /**
             * Lane
             * @description inline: in the event's own transaction; worker: behind the outbox
             */
            lane: string;
            /**
             * Module
             * @description whose it is
             */
            module: string;
            /**
             * Name
             * @description how deliveries name it
             */
            name: string;
            /**
             * Ordered
             * @description deliveries of one key run one after another
             */
            ordered: boolean;
            /**
             * Outside
             * @description it calls outside systems: at least once, not exactly once
             */
            outside: boolean;
            /**
             * Priority
             * @description interactive goes before bulk
             */
            priority: string;
            /**
             * Queue
             * @description the queue that carries it; null: inline
             */
            queue: string | null;
            retries: components["schemas"]["RetryPolicy"];
            /**
             * Timeout Seconds
             * @description its own time
             */
            timeout_seconds: number;
            /**
             * Unique
             * @description while one of a key waits, no second is written
             */
            unique: boolean;
        };
        /**
         * Health
         * @description Whether the process lives.
         */
        Health: {
            /**
             * Status
             * @constant
             */
            status: "ok";
        };
        /**
         * HubMap
         * @description Everything that is routed, in the order of the installed modules.
         */
        HubMap: {
            /** Events */
            events: components["schemas"]["EventEntry"][];
            /** Schedules */
            schedules: components["schemas"]["ScheduleEntry"][];
            /** Tasks */
            tasks: components["schemas"]["TaskEntry"][];
        };
        /**
         * Impersonate
         * @description Act as somebody in one tenant, for a while.
         */
        Impersonate: {
            /**
             * Minutes
             * @description how long
             * @default 30
             */
            minutes?: number;
            /**
             * Reason
             * @description why; stands in the tenant's audit log
             */
            reason: string;
            /**
             * Tenant Id
             * Format: uuid
             * @description the only tenant in which it counts
             */
            tenant_id: string;
            /**
             * User Id
             * Format: uuid
             * @description an active member of it
             */
            user_id: string;
        };
        /**
         * Impersonation
         * @description A session of an operator as somebody.
         */
        Impersonation: {
            /**
             * Ends At
             * Format: date-time
             * @description when it is over
             */
            ends_at: string;
            /**
             * Id
             * Format: uuid
             * @description ends it: DELETE /operator/impersonations/{id}
             */
            id: string;
            /**
             * Operator Id
             * Format: uuid
             * @description who acts
             */
            operator_id: string;
            /**
             * Reason
             * @description why
             */
            reason: string;
            /**
             * Tenant Id
             * Format: uuid
             * @description where
             */
            tenant_id: string;
            /**
             * User Id
             * Format: uuid
             * @description as whom
             */
            user_id: string;
        };
        /**
         * InvitationAccept
         * @description The token; a new person gives name and password too, whoever is signed in gives it alone.
         */
        InvitationAccept: {
            /** Name */
            name?: string | null;
            /** Password */
            password?: string | null;
            /**
             * Token
             * @description from the mail's link, behind `#token=`
             */
            token: string;
        };
        /**
         * InvitationCreate
         * @description Who is invited, and with which roles.
         * @example {
         *       "email": "new@acme.example",
         *       "roles": [
         *         "member"
         *       ]
         *     }
         */
        InvitationCreate: {
            /**
             * Email
             * Format: email
             * @description an e-mail address; kept in lower case
             */
            email: string;
            /**
             * Roles
             * @description keys of the roles
             */
            roles: string[];
        };
        /**
         * InvitationOut
         * @description An invitation.
         */
        InvitationOut: {
            /**
             * Created At
             * Format: date-time
             * @description when it was made
             */
            created_at: string;
            /**
             * Email
             * @description who is invited
             */
            email: string;
            /**
             * Expires At
             * Format: date-time
             * @description until when it waits
             */
            expires_at: string;
            /**
             * Id
             * Format: uuid
             * @description the invitation's id
             */
            id: string;
            /**
             * Invited By
             * Format: uuid
             * @description the person who invited
             */
            invited_by: string;
            /** @description who that is, with `expand=inviter`; null otherwise, and for who has left */
            inviter: components["schemas"]["PersonBrief"] | null;
            /**
             * Roles
             * @description keys of the roles that come with it
             */
            roles: string[];
            /**
             * State
             * @description pending, expired, accepted or revoked
             */
            state: string;
        };
        /**
         * ItemFault
         * @description A fault of an item's fields.
         */
        ItemFault: {
            /**
             * Code
             * @description stable
             * @example greater_than_equal
             */
            code: string;
            /**
             * Message
             * @description a sentence for people
             * @example Input should be at least 0
             */
            message: string;
            /**
             * Pointer
             * @description JSON Pointer into the body that was sent
             * @example /items/3/price
             */
            pointer: string;
        };
        /**
         * ItemProblem
         * @description Why an item failed, as it would have been told alone.
         */
        ItemProblem: {
            /**
             * Code
             * @description stable
             * @example product_sku_taken
             */
            code: string;
            /**
             * Detail
             * @description what happened and what to do
             * @example The sku TEA-01 is taken.
             */
            detail: string;
            /**
             * Errors
             * @description the faults of its fields
             */
            errors: components["schemas"]["ItemFault"][];
            /**
             * Title
             * @description what kind of problem
             * @example The sku is taken
             */
            title: string;
        };
        /**
         * ItemResult
         * @description What became of one item.
         */
        ItemResult_ProductOut_: {
            /**
             * Index
             * @description its place among those that were sent, from 0
             * @example 0
             */
            index: number;
            /**
             * @description why it failed; null where it did not
             * @example null
             */
            problem: components["schemas"]["ItemProblem"] | null;
            /** @description what was made; null where it failed */
            resource: components["schemas"]["ProductOut"] | null;
            /**
             * Status
             * @description the status that it would have had alone
             * @example 201
             */
            status: number;
        };
        /**
         * Joined
         * @description Where the invitation led.
         */
        Joined: {
            /**
             * Roles
             * @description keys of the roles
             */
            roles: string[];
            /**
             * Slug
             * @description its slug, for X-Tenant-ID
             */
            slug: string;
            /**
             * Tenant Id
             * Format: uuid
             * @description the tenant's id, for X-Tenant-ID
             */
            tenant_id: string;
        };
        /**
         * KeyCreate
         * @description A new key.
         * @example {
         *       "name": "Staff import",
         *       "scopes": [
         *         "tenants.members:read"
         *       ]
         *     }
         */
        KeyCreate: {
            /**
             * Expires At
             * @description when it ends of itself; null: never
             */
            expires_at?: string | null;
            /**
             * Name
             * @description what it is for
             */
            name: string;
            /**
             * Scopes
             * @description ids of permissions; at most what you hold yourself
             */
            scopes: string[];
        };
        /**
         * KeyData
         * @description An API key that the person answers for.
         */
        KeyData: {
            /**
             * Created At
             * Format: date-time
             * @description when it was made
             */
            created_at: string;
            /**
             * Id
             * Format: uuid
             * @description the key's id
             */
            id: string;
            /**
             * Name
             * @description its name
             */
            name: string;
            /**
             * Prefix
             * @description how it begins
             */
            prefix: string;
            /**
             * Tenant Id
             * Format: uuid
             * @description where
             */
            tenant_id: string;
        };
        /**
         * KeyOut
         * @description An API key, without its secret.
         */
        KeyOut: {
            /**
             * Created At
             * Format: date-time
             * @description when it was made
             */
            created_at: string;
            /**
             * Created By
             * Format: uuid
             * @description who answers for it
             */
            created_by: string;
            /** @description who that is, with `expand=creator`; null otherwise, and for who has left */
            creator: components["schemas"]["PersonBrief"] | null;
            /**
             * Expires At
             * @description when it ends of itself
             */
            expires_at: string | null;
            /**
             * Id
             * Format: uuid
             * @description the key's id
             */
            id: string;
            /**
             * Last Used Address
             * @description from where
             */
            last_used_address: string | null;
            /**
             * Last Used At
             * @description known to the minute
             */
            last_used_at: string | null;
            /**
             * Name
             * @description what it is for
             */
            name: string;
            /**
             * Prefix
             * @description enough to recognise it, not to use it
             */
            prefix: string;
            /**
             * Scopes
             * @description what it may do, as far as its maker may
             */
            scopes: string[];
            /**
             * State
             * @description active, expired, revoked, or orphaned: its maker is gone
             */
            state: string;
        };
        /**
         * KeyRotate
         * @description How long the secret before goes on working.
         */
        KeyRotate: {
            /**
             * Overlap Seconds
             * @description 0 to 7 days, in seconds
             * @default 86400
             */
            overlap_seconds?: number;
        };
        /**
         * KeySecretOut
         * @description An API key with its secret: this once, and never again.
         */
        KeySecretOut: {
            /**
             * Created At
             * Format: date-time
             * @description when it was made
             */
            created_at: string;
            /**
             * Created By
             * Format: uuid
             * @description who answers for it
             */
            created_by: string;
            /** @description who that is, with `expand=creator`; null otherwise, and for who has left */
            creator: components["schemas"]["PersonBrief"] | null;
            /**
             * Expires At
             * @description when it ends of itself
             */
            expires_at: string | null;
            /**
             * Id
             * Format: uuid
             * @description the key's id
             */
            id: string;
            /**
             * Last Used Address
             * @description from where
             */
            last_used_address: string | null;
            /**
             * Last Used At
             * @description known to the minute
             */
            last_used_at: string | null;
            /**
             * Name
             * @description what it is for
             */
            name: string;
            /**
             * Prefix
             * @description enough to recognise it, not to use it
             */
            prefix: string;
            /**
             * Scopes
             * @description what it may do, as far as its maker may
             */
            scopes: string[];
            /**
             * Secret
             * @description for Authorization: Bearer
             */
            secret: string;
            /**
             * State
             * @description active, expired, revoked, or orphaned: its maker is gone
             */
            state: string;
        };
        /**
         * KeySetOut
         * @description A JSON Web Key Set.
         * @example {
         *       "keys": [
         *         {
         *           "alg": "EdDSA",
         *           "crv": "Ed25519",
         *           "kid": "2026-11",
         *           "kty": "OKP",
         *           "use": "sig",
         *           "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"
         *         }
         *       ]
         *     }
         */
        KeySetOut: {
            /**
             * Keys
             * @description those that verify now; the secret ones are never among them
             */
            keys: components["schemas"]["PublicKeyOut"][];
        };
        /**
         * LineCreate
         * @description What is put into a cart.
         * @example {
         *       "quantity": 2,
         *       "variant_id": "019ab3c4-0000-7000-8000-00000000000a"
         *     }
         */
        LineCreate: {
            /**
             * Quantity
             * @description pieces
             */
            quantity: number;
            /**
             * Variant Id
             * Format: uuid
             * @description a variant; a product without variants is its own
             */
            variant_id: string;
        };
        /**
         * LineOut
         * @description A line of a cart or an order, with what was known of the product when it was put in.
         */
        LineOut: {
            /**
             * Id
             * Format: uuid
             * @description the line's id
             */
            id: string;
            /**
             * Name
             * @description what customers read
             * @example Green tea
             */
            name: string;
            /**
             * Price
             * @description of one piece
             * @example 450
             */
            price: number;
            /**
             * Product Id
             * Format: uuid
             * @description the product that it is a variant of
             */
            product_id: string;
            /**
             * Quantity
             * @description pieces
             * @example 2
             */
            quantity: number;
            /**
             * Sku
             * @description the variant's number
             * @example TEA-01
             */
            sku: string;
            /**
             * Total
             * @description of all pieces
             * @example 900
             */
            total: number;
            /**
             * Variant Id
             * Format: uuid
             * @description what is bought
             */
            variant_id: string;
        };
        /**
         * LineUpdate
         * @description Another number of pieces (a merge patch).
         * @example {
         *       "quantity": 3
         *     }
         */
        LineUpdate: {
            /**
             * Quantity
             * @description pieces
             */
            quantity?: number;
        };
        /**
         * MemberOut
         * @description A member, as the tenant sees the person.
         */
        MemberOut: {
            /**
             * Email
             * @description the address
             */
            email: string;
            /**
             * Joined At
             * Format: date-time
             * @description when the membership began
             */
            joined_at: string;
            /**
             * Name
             * @description the display name
             */
            name: string;
            /**
             * Picture
             * @description address of a picture
             */
            picture: string | null;
            /**
             * Roles
             * @description keys of the roles
             */
            roles: string[];
            /**
             * State
             * @description active, or disabled by the platform
             */
            state: string;
            /**
             * User Id
             * Format: uuid
             * @description the person's id
             */
            user_id: string;
            /**
             * Version
             * Format: int64
             * @description another one after every change; also the ETag
             */
            version: number;
        };
        /**
         * MembershipOut
         * @description A membership of the person.
         */
        MembershipOut: {
            /**
             * Roles
             * @description keys of the roles
             */
            roles: string[];
            /** @description where */
            tenant: components["schemas"]["TenantRef"];
        };
        /**
         * MemberUpdate
         * @description What may be changed of a member.
         */
        MemberUpdate: {
            /**
             * Roles
             * @description keys of the roles
             */
            roles: string[];
        };
        /**
         * MeOut
         * @description Everything that gates a menu; the last five are null without X-Tenant-ID.
         */
        MeOut: {
            /**
             * Features
             * @description modules that the plan includes
             */
            features: string[] | null;
            /** @description who acts as the person; null: the person */
            impersonation: components["schemas"]["ActingOut"] | null;
            /**
             * Limits
             * @description limits of the plan
             */
            limits: {
                [key: string]: number;
            } | null;
            /**
             * Memberships
             * @description all tenants of the person
             */
            memberships: components["schemas"]["MembershipOut"][];
            /**
             * Operator
             * @description whether the person is of the platform's staff
             */
            operator: boolean;
            /**
             * Permissions
             * @description what the roles hold, sorted
             */
            permissions: string[] | null;
            /**
             * Roles
             * @description keys of the roles there
             */
            roles: string[] | null;
            /** @description the chosen tenant */
            tenant: components["schemas"]["TenantRef"] | null;
            /** @description the person */
            user: components["schemas"]["ProfileOut"];
        };
        /**
         * MfaOut
         * @description The caller's second factor.
         */
        MfaOut: {
            /**
             * Enabled
             * @description whether sign-in asks for a code
             */
            enabled: boolean;
            /**
             * Enabled At
             * @description since when
             */
            enabled_at: string | null;
            /**
             * Recovery Codes Left
             * @description recovery codes that were not used
             */
            recovery_codes_left: number;
        };
        /**
         * ModuleSettingsOut
         * @description A tenant's settings for one module, defaults included.
         */
        ModuleSettingsOut: {
            /**
             * Module
             * @description the module's name
             */
            module: string;
            /**
             * Values
             * @description every setting of the module, by name
             */
            values: {
                [key: string]: unknown;
            };
            /**
             * Version
             * Format: int64
             * @description another one after every change; also the ETag
             */
            version: number;
        };
        /**
         * OperatedDelivery
         * @description A delivery as operators see it: of its event the name, nothing of what it says.
         */
        OperatedDelivery: {
            /**
             * Attempt
             * @description how often it was leased, over all replays
             */
            attempt: number;
            /**
             * Created At
             * Format: date-time
             * @description when the event was committed
             */
            created_at: string;
            /**
             * Due At
             * Format: date-time
             * @description not to be started before
             */
            due_at: string;
            /**
             * Error
             * @description why the last attempt failed
             */
            error: string | null;
            /**
             * Event
             * @description the event's name
             */
            event: string;
            /**
             * Finished At
             * @description when it was done, or given up
             */
            finished_at: string | null;
            /**
             * Handler
             * @description who reacts
             */
            handler: string;
            /**
             * Id
             * @description time-ordered
             */
            id: string;
            /**
             * Queue
             * @description the queue that carries it
             */
            queue: string;
            /**
             * Replays
             * @description how often somebody replayed it
             */
            replays: number;
            /**
             * Request Id
             * Format: uuid
             * @description the request that caused it
             */
            request_id: string;
            /**
             * Started At
             * @description when the last attempt began
             */
            started_at: string | null;
            /**
             * State
             * @description pending, leased, done, dead or parked
             */
            state: string;
            /**
             * Tenant
             * @description the tenant's slug
             */
            tenant: string;
            /**
             * Tenant Id
             * Format: uuid
             * @description whose
             */
            tenant_id: string;
            /**
             * Tries
             * @description how many starts are known of, since it was last replayed
             */
            tries: number;
        };
        /**
         * OperatedReplay
         * @description Which dead deliveries are to be tried again: of each tenant the oldest that pass all filters.
         */
        OperatedReplay: {
            /**
             * Created At[Gte]
             * @description not earlier than
             */
            "created_at[gte]"?: string | null;
            /**
             * Created At[Lt]
             * @description earlier than
             */
            "created_at[lt]"?: string | null;
            /**
             * Event
             * @description only of events of this name
             */
            event?: string | null;
            /**
             * Handler
             * @description only this handler's
             */
            handler?: string | null;
            /**
             * Limit
             * @description at most so many
             * @default 1000
             */
            limit?: number;
            /**
             * Request Id
             * @description only of what this request caused
             */
            request_id?: string | null;
            /**
             * Tenant Id
             * @description only this tenant's; null: one tenant after another
             */
            tenant_id?: string | null;
        };
        /**
         * OrderListed
         * @description An order in a list.
         */
        OrderListed: {
            /**
             * Buyer Id
             * Format: uuid
             * @description the person who placed it
             */
            buyer_id: string;
            /**
             * Created At
             * Format: date-time
             * @description when its cart was made
             */
            created_at: string;
            /**
             * Currency
             * @description ISO 4217
             * @example EUR
             */
            currency: string;
            /**
             * Discount
             * @description what the discount takes off; a half goes to the even one
             * @example 90
             */
            discount: number;
            /**
             * Discount Percent
             * @description per cent off the whole
             * @example 10
             */
            discount_percent: number;
            /**
             * Id
             * Format: uuid
             * @description the order's id
             */
            id: string;
            /**
             * Number
             * @description counts the tenant's orders from 1, without gaps
             * @example 17
             */
            number: number;
            /**
             * Placed At
             * Format: date-time
             * @description when it was placed
             */
            placed_at: string;
            /**
             * State
             * @description placed, paid, shipped, delivered, cancelled or refunded
             * @example placed
             */
            state: string;
            /**
             * Subtotal
             * @description the sum of the lines
             * @example 900
             */
            subtotal: number;
            /**
             * Total
             * @description what is to be paid
             * @example 810
             */
            total: number;
            /**
             * Updated At
             * Format: date-time
             * @description when it was last changed
             */
            updated_at: string;
            /**
             * Version
             * @description another one after every change; also the ETag
             */
            version: number;
        };
        /**
         * OrderOut
         * @description An order.
         */
        OrderOut: {
            /**
             * Buyer Id
             * Format: uuid
             * @description the person who placed it
             */
            buyer_id: string;
            /**
             * Created At
             * Format: date-time
             * @description when its cart was made
             */
            created_at: string;
            /**
             * Currency
             * @description ISO 4217
             * @example EUR
             */
            currency: string;
            /**
             * Discount
             * @description what the discount takes off; a half goes to the even one
             * @example 90
             */
            discount: number;
            /**
             * Discount Percent
             * @description per cent off the whole
             * @example 10
             */
            discount_percent: number;
            /**
             * Id
             * Format: uuid
             * @description the order's id
             */
            id: string;
            /**
             * Lines
             * @description what was ordered, at the prices of then
             */
            lines: components["schemas"]["LineOut"][];
            /**
             * Number
             * @description counts the tenant's orders from 1, without gaps
             * @example 17
             */
            number: number;
            /**
             * Payments
             * @description charges and refunds, the oldest first
             */
            payments: components["schemas"]["PaymentOut"][];
            /**
             * Placed At
             * Format: date-time
             * @description when it was placed
             */
            placed_at: string;
            /**
             * State
             * @description placed, paid, shipped, delivered, cancelled or refunded
             * @example placed
             */
            state: string;
            /**
             * Subtotal
             * @description the sum of the lines
             * @example 900
             */
            subtotal: number;
            /**
             * Total
             * @description what is to be paid
             * @example 810
             */
            total: number;
            /**
             * Updated At
             * Format: date-time
             * @description when it was last changed
             */
            updated_at: string;
            /**
             * Version
             * @description another one after every change; also the ETag
             */
            version: number;
        };
        /**
         * OwnershipTransfer
         * @description Who becomes the owner.
         */
        OwnershipTransfer: {
            /**
             * User Id
             * Format: uuid
             * @description a member
             */
            user_id: string;
        };
        /**
         * Page
         * @description One page of a list.
         */
        Page_AuditEntryOut_: {
            /**
             * Data
             * @description the items, in the asked order
             */
            data: components["schemas"]["AuditEntryOut"][];
            /**
             * Has More
             * @description whether another page follows
             */
            has_more: boolean;
            /**
             * Next Cursor
             * @description what to send as `cursor` for the next page
             */
            next_cursor: string | null;
            /** @description with `include=total`: how many there are on all pages, up to 10,000 */
            total?: number;
            /** @description with `include=total`: whether there are more than `total` */
            total_capped?: boolean;
        };
        /**
         * Page
         * @description One page of a list.
         */
        Page_Backlog_: {
            /**
             * Data
             * @description the items, in the asked order
             */
            data: components["schemas"]["Backlog"][];
            /**
             * Has More
             * @description whether another page follows
             */
            has_more: boolean;
            /**
             * Next Cursor
             * @description what to send as `cursor` for the next page
             */
            next_cursor: string | null;
            /** @description with `include=total`: how many there are on all pages, up to 10,000 */
            total?: number;
            /** @description with `include=total`: whether there are more than `total` */
            total_capped?: boolean;
        };
        /**
         * Page
         * @description One page of a list.
         */
        Page_CartListed_: {
            /**
             * Data
             * @description the items, in the asked order
             */
            data: components["schemas"]["CartListed"][];
            /**
             * Has More
             * @description whether another page follows
             */
            has_more: boolean;
            /**
             * Next Cursor
             * @description what to send as `cursor` for the next page
             */
            next_cursor: string | null;
            /** @description with `include=total`: how many there are on all pages, up to 10,000 */
            total?: number;
            /** @description with `include=total`: whether there are more than `total` */
            total_capped?: boolean;
        };
        /**
         * Page
         * @description One page of a list.
         */
        Page_CategoryOut_: {
            /**
             * Data
             * @description the items, in the asked order
             */
            data: components["schemas"]["CategoryOut"][];
            /**
             * Has More
             * @description whether another page follows
             */
            has_more: boolean;
            /**
             * Next Cursor
             * @description what to send as `cursor` for the next page
             */
            next_cursor: string | null;
            /** @description with `include=total`: how many there are on all pages, up to 10,000 */
            total?: number;
            /** @description with `include=total`: whether there are more than `total` */
            total_capped?: boolean;
        };
        /**
         * Page
         * @description One page of a list.
         */
        Page_DeliveryOut_: {
            /**
             * Data
             * @description the items, in the asked order
             */
            data: components["schemas"]["DeliveryOut"][];
            /**
             * Has More
             * @description whether another page follows
             */
            has_more: boolean;
            /**
             * Next Cursor
             * @description what to send as `cursor` for the next page
             */
            next_cursor: string | null;
            /** @description with `include=total`: how many there are on all pages, up to 10,000 */
            total?: number;
            /** @description with `include=total`: whether there are more than `total` */
            total_capped?: boolean;
        };
        /**
         * Page
         * @description One page of a list.
         */
        Page_Impersonation_: {
            /**
             * Data
             * @description the items, in the asked order
             */
            data: components["schemas"]["Impersonation"][];
            /**
             * Has More
             * @description whether another page follows
             */
            has_more: boolean;
            /**
             * Next Cursor
             * @description what to send as `cursor` for the next page
             */
            next_cursor: string | null;
            /** @description with `include=total`: how many there are on all pages, up to 10,000 */
            total?: number;
            /** @description with `include=total`: whether there are more than `total` */
            total_capped?: boolean;
        };
        /**
         * Page
         * @description One page of a list.
         */
        Page_InvitationOut_: {
            /**
             * Data
             * @description the items, in the asked order
             */
            data: components["schemas"]["InvitationOut"][];
            /**
             * Has More
             * @description whether another page follows
             */
            has_more: boolean;
            /**
             * Next Cursor
             * @description what to send as `cursor` for the next page
             */
            next_cursor: string | null;
            /** @description with `include=total`: how many there are on all pages, up to 10,000 */
            total?: number;
            /** @description with `include=total`: whether there are more than `total` */
            total_capped?: boolean;
        };
        /**
         * Page
         * @description One page of a list.
         */
        Page_KeyOut_: {
            /**
             * Data
             * @description the items, in the asked order
             */
            data: components["schemas"]["KeyOut"][];
            /**
             * Has More
             * @description whether another page follows
             */
            has_more: boolean;
            /**
             * Next Cursor
             * @description what to send as `cursor` for the next page
             */
            next_cursor: string | null;
            /** @description with `include=total`: how many there are on all pages, up to 10,000 */
            total?: number;
            /** @description with `include=total`: whether there are more than `total` */
            total_capped?: boolean;
        };
        /**
         * Page
         * @description One page of a list.
         */
        Page_MemberOut_: {
            /**
             * Data
             * @description the items, in the asked order
             */
            data: components["schemas"]["MemberOut"][];
            /**
             * Has More
             * @description whether another page follows
             */
            has_more: boolean;
            /**
             * Next Cursor
             * @description what to send as `cursor` for the next page
             */
            next_cursor: string | null;
            /** @description with `include=total`: how many there are on all pages, up to 10,000 */
            total?: number;
            /** @description with `include=total`: whether there are more than `total` */
            total_capped?: boolean;
        };
        /**
         * Page
         * @description One page of a list.
         */
        Page_OperatedDelivery_: {
            /**
             * Data
             * @description the items, in the asked order
             */
            data: components["schemas"]["OperatedDelivery"][];
            /**
             * Has More
             * @description whether another page follows
             */
            has_more: boolean;
            /**
             * Next Cursor
             * @description what to send as `cursor` for the next page
             */
            next_cursor: string | null;
            /** @description with `include=total`: how many there are on all pages, up to 10,000 */
            total?: number;
            /** @description with `include=total`: whether there are more than `total` */
            total_capped?: boolean;
        };
        /**
         * Page
         * @description One page of a list.
         */
        Page_OrderListed_: {
            /**
             * Data
             * @description the items, in the asked order
             */
            data: components["schemas"]["OrderListed"][];
            /**
             * Has More
             * @description whether another page follows
             */
            has_more: boolean;
            /**
             * Next Cursor
             * @description what to send as `cursor` for the next page
             */
            next_cursor: string | null;
            /** @description with `include=total`: how many there are on all pages, up to 10,000 */
            total?: number;
            /** @description with `include=total`: whether there are more than `total` */
            total_capped?: boolean;
        };
        /**
         * Page
         * @description One page of a list.
         */
        Page_PermissionOut_: {
            /**
             * Data
             * @description the items, in the asked order
             */
            data: components["schemas"]["PermissionOut"][];
            /**
             * Has More
             * @description whether another page follows
             */
            has_more: boolean;
            /**
             * Next Cursor
             * @description what to send as `cursor` for the next page
             */
            next_cursor: string | null;
            /** @description with `include=total`: how many there are on all pages, up to 10,000 */
            total?: number;
            /** @description with `include=total`: whether there are more than `total` */
            total_capped?: boolean;
        };
        /**
         * Page
         * @description One page of a list.
         */
        Page_PriceChangeOut_: {
            /**
             * Data
             * @description the items, in the asked order
             */
            data: components["schemas"]["PriceChangeOut"][];
            /**
             * Has More
             * @description whether another page follows
             */
            has_more: boolean;
            /**
             * Next Cursor
             * @description what to send as `cursor` for the next page
             */
            next_cursor: string | null;
            /** @description with `include=total`: how many there are on all pages, up to 10,000 */
            total?: number;
            /** @description with `include=total`: whether there are more than `total` */
            total_capped?: boolean;
        };
        /**
         * Page
         * @description One page of a list.
         */
        Page_ProductOut_: {
            /**
             * Data
             * @description the items, in the asked order
             */
            data: components["schemas"]["ProductOut"][];
            /**
             * Has More
             * @description whether another page follows
             */
            has_more: boolean;
            /**
             * Next Cursor
             * @description what to send as `cursor` for the next page
             */
            next_cursor: string | null;
            /** @description with `include=total`: how many there are on all pages, up to 10,000 */
            total?: number;
            /** @description with `include=total`: whether there are more than `total` */
            total_capped?: boolean;
        };
        /**
         * Page
         * @description One page of a list.
         */
        Page_RoleOut_: {
            /**
             * Data
             * @description the items, in the asked order
             */
            data: components["schemas"]["RoleOut"][];
            /**
             * Has More
             * @description whether another page follows
             */
            has_more: boolean;
            /**
             * Next Cursor
             * @description what to send as `cursor` for the next page
             */
            next_cursor: string | null;
            /** @description with `include=total`: how many there are on all pages, up to 10,000 */
            total?: number;
            /** @description with `include=total`: whether there are more than `total` */
            total_capped?: boolean;
        };
        /**
         * Page
         * @description One page of a list.
         */
        Page_ScheduleOut_: {
            /**
             * Data
             * @description the items, in the asked order
             */
            data: components["schemas"]["ScheduleOut"][];
            /**
             * Has More
             * @description whether another page follows
             */
            has_more: boolean;
            /**
             * Next Cursor
             * @description what to send as `cursor` for the next page
             */
            next_cursor: string | null;
            /** @description with `include=total`: how many there are on all pages, up to 10,000 */
            total?: number;
            /** @description with `include=total`: whether there are more than `total` */
            total_capped?: boolean;
        };
        /**
         * Page
         * @description One page of a list.
         */
        Page_SessionOut_: {
            /**
             * Data
             * @description the items, in the asked order
             */
            data: components["schemas"]["SessionOut"][];
            /**
             * Has More
             * @description whether another page follows
             */
            has_more: boolean;
            /**
             * Next Cursor
             * @description what to send as `cursor` for the next page
             */
            next_cursor: string | null;
            /** @description with `include=total`: how many there are on all pages, up to 10,000 */
            total?: number;
            /** @description with `include=total`: whether there are more than `total` */
            total_capped?: boolean;
        };
        /**
         * Page
         * @description One page of a list.
         */
        Page_ShipmentOut_: {
            /**
             * Data
             * @description the items, in the asked order
             */
            data: components["schemas"]["ShipmentOut"][];
            /**
             * Has More
             * @description whether another page follows
             */
            has_more: boolean;
            /**
             * Next Cursor
             * @description what to send as `cursor` for the next page
             */
            next_cursor: string | null;
            /** @description with `include=total`: how many there are on all pages, up to 10,000 */
            total?: number;
            /** @description with `include=total`: whether there are more than `total` */
            total_capped?: boolean;
        };
        /**
         * Page
         * @description One page of a list.
         */
        Page_StockOut_: {
            /**
             * Data
             * @description the items, in the asked order
             */
            data: components["schemas"]["StockOut"][];
            /**
             * Has More
             * @description whether another page follows
             */
            has_more: boolean;
            /**
             * Next Cursor
             * @description what to send as `cursor` for the next page
             */
            next_cursor: string | null;
            /** @description with `include=total`: how many there are on all pages, up to 10,000 */
            total?: number;
            /** @description with `include=total`: whether there are more than `total` */
            total_capped?: boolean;
        };
        /**
         * Page
         * @description One page of a list.
         */
        Page_TaskOut_: {
            /**
             * Data
             * @description the items, in the asked order
             */
            data: components["schemas"]["TaskOut"][];
            /**
             * Has More
             * @description whether another page follows
             */
            has_more: boolean;
            /**
             * Next Cursor
             * @description what to send as `cursor` for the next page
             */
            next_cursor: string | null;
            /** @description with `include=total`: how many there are on all pages, up to 10,000 */
            total?: number;
            /** @description with `include=total`: whether there are more than `total` */
            total_capped?: boolean;
        };
        /**
         * Page
         * @description One page of a list.
         */
        Page_TenantOut_: {
            /**
             * Data
             * @description the items, in the asked order
             */
            data: components["schemas"]["TenantOut"][];
            /**
             * Has More
             * @description whether another page follows
             */
            has_more: boolean;
            /**
             * Next Cursor
             * @description what to send as `cursor` for the next page
             */
            next_cursor: string | null;
            /** @description with `include=total`: how many there are on all pages, up to 10,000 */
            total?: number;
            /** @description with `include=total`: whether there are more than `total` */
            total_capped?: boolean;
        };
        /**
         * Page
         * @description One page of a list.
         */
        Page_VariantOut_: {
            /**
             * Data
             * @description the items, in the asked order
             */
            data: components["schemas"]["VariantOut"][];
            /**
             * Has More
             * @description whether another page follows
             */
            has_more: boolean;
            /**
             * Next Cursor
             * @description what to send as `cursor` for the next page
             */
            next_cursor: string | null;
            /** @description with `include=total`: how many there are on all pages, up to 10,000 */
            total?: number;
            /** @description with `include=total`: whether there are more than `total` */
            total_capped?: boolean;
        };
        /**
         * PaymentCreate
         * @description From what the total is taken. Without a source the charge that is under way is taken up, with the one that it has.
         * @example {
         *       "source": "card_accept"
         *     }
         */
        PaymentCreate: {
            /**
             * Source
             * @description the gateway's name for a card, never its number: what has twelve digits in a row is refused. The local gateway has `card_accept`, `card_decline`, `card_timeout`, and `card_lost`, whose first answer is lost
             */
            source?: string;
        };
        /**
         * PaymentOut
         * @description A charge or a refund.
         */
        PaymentOut: {
            /**
             * Amount
             * @description in minor units of the order's currency
             * @example 810
             */
            amount: number;
            /**
             * Created At
             * Format: date-time
             * @description when it was begun
             */
            created_at: string;
            /**
             * Id
             * Format: uuid
             * @description the payment's id, by which the gateway does it once
             */
            id: string;
            /**
             * Kind
             * @description charge or refund
             * @example charge
             */
            kind: string;
            /**
             * Reason
             * @description why it was declined
             * @example insufficient_funds
             */
            reason: string | null;
            /**
             * Reference
             * @description the gateway's name for it
             * @example ch_019ab3c4
             */
            reference: string | null;
            /**
             * Settled At
             * @description when the gateway had answered
             */
            settled_at: string | null;
            /**
             * State
             * @description pending, accepted or declined
             * @example accepted
             */
            state: string;
        };
        /**
         * PermissionOut
         * @description A permission of the catalogue.
         */
        PermissionOut: {
            /**
             * Description
             * @description what it allows
             */
            description: string;
            /**
             * Id
             * @description `<module>.<resource>:<verb>`; also an API key's scope
             */
            id: string;
            /**
             * Lowest Role
             * @description the lowest system role that holds it
             */
            lowest_role: string;
            /**
             * Module
             * @description whose it is
             */
            module: string;
        };
        /**
         * PersonalData
         * @description Everything that is kept of a person.
         */
        PersonalData: {
            /**
             * Acts
             * @description what they did; of each log the newest 10,000
             */
            acts: components["schemas"]["ActData"][];
            /**
             * Api Keys
             * @description keys they answer for
             */
            api_keys: components["schemas"]["KeyData"][];
            /**
             * Memberships
             * @description where they belong
             */
            memberships: components["schemas"]["MembershipOut"][];
            /**
             * Sessions
             * @description all sessions, newest first
             */
            sessions: components["schemas"]["SessionData"][];
            /** @description what they sign in with */
            sign_in: components["schemas"]["SignInData"];
            /** @description the person */
            user: components["schemas"]["ProfileOut"];
        };
        /**
         * PersonBrief
         * @description A member, as the tenant sees the person.
         */
        PersonBrief: {
            /**
             * Email
             * @description the address
             */
            email: string;
            /**
             * Name
             * @description the display name
             */
            name: string;
            /**
             * User Id
             * Format: uuid
             * @description the person's id
             */
            user_id: string;
        };
        /**
         * PlanChange
         * @description Another plan.
         */
        PlanChange: {
            /**
             * Plan
             * @description a key of `plans` in the settings
             */
            plan: string;
        };
        /**
         * PriceChangeOut
         * @description A change of a price.
         */
        PriceChangeOut: {
            /**
             * Changed At
             * Format: date-time
             * @description when
             */
            changed_at: string;
            /**
             * Changed By
             * @description who did it
             * @example user:0193a2f0-7c1e-7d3a-8f10-2b6c5d4e3f21
             */
            changed_by: string;
            /**
             * Currency
             * @description afterwards, ISO 4217
             */
            currency: string;
            /**
             * Id
             * Format: uuid
             * @description the change's id
             */
            id: string;
            /**
             * Previous Currency
             * @description before, ISO 4217
             * @example EUR
             */
            previous_currency: string;
            /**
             * Previous Price
             * @description before, in minor units
             * @example 450
             */
            previous_price: number;
            /**
             * Price
             * @description afterwards, in minor units
             * @example 500
             */
            price: number;
            /**
             * Variant Id
             * Format: uuid
             * @description whose price: the product's own id, or that of a further variant
             */
            variant_id: string;
        };
        Problem: {
            /** @description Of `prices_changed`: the lines, and what a piece cost before and costs now, in minor units. */
            changes?: {
                before: number;
                currency: string;
                /** Format: uuid */
                line_id: string;
                now: number;
            }[];
            /** @description Of `/health/ready`: how each server is. */
            checks?: {
                [key: string]: string;
            };
            /** @enum {string} */
            code: "already_member" | "amount_too_large" | "api_key_revoked" | "bad_header" | "bad_host" | "bad_request" | "body_too_large" | "carrier_missing" | "cart_empty" | "cart_full" | "category_circle" | "category_name_taken" | "category_not_empty" | "category_too_deep" | "category_unknown" | "conflict" | "csrf_failed" | "currency_mixed" | "deletion_not_due" | "deletion_not_planned" | "delivery_not_dead" | "export_invalid" | "feature_not_in_plan" | "forbidden" | "headers_too_large" | "idempotency_in_progress" | "idempotency_key_invalid" | "idempotency_key_not_taken" | "idempotency_key_reused" | "idempotency_key_used" | "impersonation_refused" | "internal_error" | "invalid_credentials" | "invalid_cursor" | "invitation_ended" | "invitation_for_another" | "invitation_invalid" | "invitation_pending" | "key_owner_gone" | "last_owner" | "malformed_json" | "method_not_allowed" | "mfa_already_on" | "mfa_code_invalid" | "mfa_enrollment_required" | "mfa_off" | "mfa_required" | "mfa_token_invalid" | "not_found" | "order_move_refused" | "out_of_stock" | "outcome_unknown" | "payment_pending" | "payments_off" | "permission_denied" | "person_required" | "precondition_failed" | "precondition_required" | "prices_changed" | "product_archived" | "product_not_for_sale" | "product_sku_taken" | "quantity_refused" | "rate_limited" | "refresh_in_progress" | "request_timeout" | "reservation_over" | "role_in_use" | "role_key_taken" | "session_ended" | "shipment_move_refused" | "shipment_unknown" | "sign_in_first" | "start_refused" | "step_up_required" | "stock_reserved" | "system_role_fixed" | "table_not_exportable" | "table_not_purgeable" | "task_finished" | "task_unknown" | "tenant_invalid" | "tenant_not_found" | "tenant_required" | "tenant_slug_taken" | "tenant_suspended" | "token_expired" | "token_invalid" | "too_many_slugs" | "too_many_tasks" | "too_many_tenants" | "unauthenticated" | "unavailable" | "unsupported_media_type" | "uri_too_long" | "user_email_taken" | "validation_failed" | "variant_archived" | "webhook_refused";
            /** @description Of a 403 by a rule; `granted_by` only for holders of tenants.access:read. */
            decision?: {
                /** @constant */
                allowed: false;
                granted_by?: string[];
                missing: string[];
                reason: string;
                rule: string;
            };
            detail: string;
            errors: {
                code: string;
                header?: string;
                message: string;
                parameter?: string;
                pointer?: string;
            }[];
            /** @description Of `mfa_required`: how many seconds the token counts. */
            expires_in?: number;
            /** @description Of `idempotency_key_used`: what the first request made. */
            id?: string | null;
            instance: string;
            /** @description Of `mfa_required`. */
            methods?: string[];
            /** @description Of `mfa_required`: what goes with the code. */
            mfa_token?: string;
            /** Format: uuid */
            request_id: string;
            retryable: boolean;
            status: number;
            /** @description Of `tenant_required` and `last_owner`. */
            tenants?: {
                id?: string;
                name?: string;
                slug?: string;
            }[];
            title: string;
            type: string;
            /** @description Of a 429: the windows that are used up, by their names in RateLimit-Policy. */
            "violated-policies"?: string[];
        };
        /**
         * ProductCreate
         * @description A new product.
         * @example {
         *       "currency": "EUR",
         *       "name": "Green tea",
         *       "price": 450,
         *       "sku": "TEA-01",
         *       "status": "active",
         *       "stock": 12
         *     }
         */
        ProductCreate: {
            /**
             * Category Id
             * @description the category that it is in; null: in none
             */
            category_id?: string | null;
            /**
             * Currency
             * @description ISO 4217
             */
            currency: string;
            /**
             * Description
             * @description long text
             */
            description?: string | null;
            /**
             * Name
             * @description what customers read
             */
            name: string;
            /**
             * Price
             * @description in minor units of the currency
             */
            price: number;
            /**
             * Sku
             * @description the tenant's own number, unique
             */
            sku: string;
            /**
             * Status
             * @description whether customers see it
             * @default draft
             * @enum {string}
             */
            status?: "draft" | "active";
            /**
             * Stock
             * @description pieces at hand
             * @default 0
             */
            stock?: number;
        };
        /**
         * ProductOut
         * @description A product, in lists and alone.
         */
        ProductOut: {
            /**
             * Category Id
             * @description the category that it is in; null: in none
             */
            category_id: string | null;
            /**
             * Created At
             * Format: date-time
             * @description when it was made
             */
            created_at: string;
            /**
             * Currency
             * @description ISO 4217
             */
            currency: string;
            /**
             * Description
             * @description long text
             * @example From the first harvest.
             */
            description: string | null;
            /**
             * Id
             * Format: uuid
             * @description the product's id
             */
            id: string;
            /**
             * Name
             * @description what customers read
             * @example Green tea
             */
            name: string;
            /**
             * Price
             * @description in minor units of the currency
             * @example 450
             */
            price: number;
            /**
             * Sku
             * @description the tenant's own number, unique
             * @example TEA-01
             */
            sku: string;
            /**
             * Status
             * @description draft, active or archived
             */
            status: string;
            /**
             * Stock
             * @description pieces at hand
             * @example 12
             */
            stock: number;
            /**
             * Updated At
             * Format: date-time
             * @description when it was last changed
             */
            updated_at: string;
            /**
             * Version
             * @description counts every change; also the ETag
             */
            version: number;
        };
        /**
         * ProductSalesOut
         * @description What was sold of a product, all its variants together.
         */
        ProductSalesOut: {
            /**
             * By
             * @description day, week or month
             * @example day
             */
            by: string;
            /**
             * First Day
             * Format: date
             * @description of the first period: periods are always whole
             */
            first_day: string;
            /**
             * Last Day
             * Format: date
             * @description of the last period
             */
            last_day: string;
            /**
             * Product Id
             * Format: uuid
             * @description the product
             */
            product_id: string;
            /**
             * Series
             * @description one for each currency, at most 10; none: nothing happened
             */
            series: components["schemas"]["SalesSeries"][];
            /**
             * Time Zone
             * @description whose days they are: the tenant's setting
             */
            time_zone: string;
        };
        /**
         * ProductShippingOut
         * @description How far the shipments with a product have come.
         */
        ProductShippingOut: {
            /**
             * Product Id
             * Format: uuid
             * @description the product
             */
            product_id: string;
            /**
             * Statuses
             * @description each that is asked for, zeros too
             */
            statuses: components["schemas"]["StatusCount"][];
            /**
             * Total
             * @description of all that are asked for
             */
            total: number;
        };
        /**
         * ProductsReprice
         * @description Other prices for many products and variants.
         * @example {
         *       "percent": 5,
         *       "status": "active"
         *     }
         */
        ProductsReprice: {
            /**
             * Percent
             * @description by how much of itself a price changes, -90 to 1000
             */
            percent: number;
            /**
             * Status
             * @description only what is in this state; archived ones never change
             */
            status?: ("draft" | "active") | null;
        };
        /**
         * ProductSummaryOut
         * @description How many products there are; a projection that follows the events within moments.
         */
        ProductSummaryOut: {
            /** @description by status */
            by_status: components["schemas"]["StatusCounts"];
            /**
             * Total
             * @description all products
             */
            total: number;
            /**
             * Updated At
             * @description when the last event arrived; null before the first
             */
            updated_at: string | null;
        };
        /**
         * ProductUpdate
         * @description A merge patch (RFC 7396): what is absent stays; null clears the description and the category alone.
         * @example {
         *       "price": 500
         *     }
         */
        ProductUpdate: {
            /**
             * Category Id
             * @description the category that it is in; null: in none
             */
            category_id?: string | null;
            /**
             * Currency
             * @description ISO 4217
             */
            currency?: string;
            /**
             * Description
             * @description long text
             */
            description?: string | null;
            /**
             * Name
             * @description what customers read
             */
            name?: string;
            /**
             * Price
             * @description in minor units of the currency
             */
            price?: number;
            /**
             * Sku
             * @description the tenant's own number, unique
             */
            sku?: string;
            /**
             * Status
             * @description whether customers see it
             * @enum {string}
             */
            status?: "draft" | "active";
            /**
             * Stock
             * @description pieces at hand
             */
            stock?: number;
        };
        /**
         * ProfileOut
         * @description The person.
         */
        ProfileOut: {
            /**
             * Email
             * @description the address
             */
            email: string;
            /**
             * Id
             * Format: uuid
             * @description the person's id
             */
            id: string;
            /**
             * Locale
             * @description BCP 47 language tag
             */
            locale: string;
            /**
             * Mfa Enabled
             * @description whether sign-in asks for a second factor
             */
            mfa_enabled: boolean;
            /**
             * Name
             * @description the display name
             */
            name: string;
            /**
             * Picture
             * @description address of a picture
             */
            picture: string | null;
            /**
             * Time Zone
             * @description IANA time zone
             */
            time_zone: string;
        };
        /**
         * ProfileUpdate
         * @description A merge patch: what is absent stays; null clears the picture alone.
         * @example {
         *       "name": "Nora New",
         *       "time_zone": "Europe/Berlin"
         *     }
         */
        ProfileUpdate: {
            /**
             * Locale
             * @description BCP 47 language tag
             */
            locale?: string;
            /**
             * Name
             * @description what others see
             */
            name?: string;
            /**
             * Picture
             * @description an https address
             */
            picture?: string | null;
            /**
             * Time Zone
             * @description IANA time zone
             */
            time_zone?: string;
        };
        /**
         * PublicKeyOut
         * @description An Ed25519 public key (RFC 8037).
         */
        PublicKeyOut: {
            /**
             * Alg
             * @description the only algorithm it is for
             * @constant
             */
            alg: "EdDSA";
            /**
             * Crv
             * @description the curve
             * @constant
             */
            crv: "Ed25519";
            /**
             * Kid
             * @description the name in the header of tokens
             */
            kid: string;
            /**
             * Kty
             * @description the kind of key
             * @constant
             */
            kty: "OKP";
            /**
             * Use
             * @description it verifies signatures
             * @constant
             */
            use: "sig";
            /**
             * X
             * @description the 32 bytes, base64url
             */
            x: string;
        };
        /**
         * ReadinessOut
         * @description Whether the process serves, and what each check found.
         */
        ReadinessOut: {
            /**
             * Checks
             * @description `ok`, or what is wrong, by check
             */
            checks: {
                [key: string]: string;
            };
            /**
             * Status
             * @description degraded: it serves, without Redis for a while
             * @enum {string}
             */
            status: "ok" | "degraded";
        };
        /**
         * RecoveryCodesOut
         * @description Recovery codes: this once, and never again.
         * @example {
         *       "recovery_codes": [
         *         "4t7kq-0zv9m-cw2hn-x8r5d-j3fge",
         *         "..."
         *       ]
         *     }
         */
        RecoveryCodesOut: {
            /**
             * Recovery Codes
             * @description ten, each for one use in place of a code
             */
            recovery_codes: string[];
        };
        /**
         * Refresh
         * @description The refresh token; absent where it travels in the cookie.
         */
        Refresh: {
            /**
             * Refresh Token
             * @description as sign-in or the last refresh gave it
             */
            refresh_token?: string | null;
        };
        /**
         * Register
         * @description Somebody new.
         * @example {
         *       "email": "new@acme.example",
         *       "name": "Nora New",
         *       "password": "seven brave otters"
         *     }
         */
        Register: {
            /**
             * Email
             * Format: email
             * @description an e-mail address; kept in lower case
             */
            email: string;
            /**
             * Name
             * @description what others see
             */
            name: string;
            /**
             * Password
             * Format: password
             * @description at least 8 characters, any; common ones are refused
             */
            password: string;
        };
        /**
         * Replayed
         * @description How many deliveries are due again.
         */
        Replayed: {
            /**
             * Has More
             * @description whether dead ones that pass the filters are left
             */
            has_more: boolean;
            /**
             * Replayed
             * @description how many are due again
             */
            replayed: number;
        };
        /**
         * ReplayWish
         * @description Which dead deliveries are to be tried again: the oldest that pass all filters.
         */
        ReplayWish: {
            /**
             * Created At[Gte]
             * @description not earlier than
             */
            "created_at[gte]"?: string | null;
            /**
             * Created At[Lt]
             * @description earlier than
             */
            "created_at[lt]"?: string | null;
            /**
             * Event
             * @description only of events of this name
             */
            event?: string | null;
            /**
             * Handler
             * @description only this handler's
             */
            handler?: string | null;
            /**
             * Limit
             * @description at most so many
             * @default 1000
             */
            limit?: number;
            /**
             * Request Id
             * @description only of what this request caused
             */
            request_id?: string | null;
        };
        /**
         * ResetPassword
         * @description The mail's token, and the new password.
         */
        ResetPassword: {
            /**
             * Password
             * Format: password
             * @description at least 8 characters, any; common ones are refused
             */
            password: string;
            /**
             * Token
             * @description from the mail's link, behind `#token=`
             */
            token: string;
        };
        /**
         * RetryPolicy
         * @description What becomes of a failure.
         */
        RetryPolicy: {
            /**
             * Backoff Seconds
             * @description the first pause; null: as the settings say
             */
            backoff_seconds: number | null;
            /**
             * Longest Seconds
             * @description the longest pause
             */
            longest_seconds: number;
            /**
             * Max Attempts
             * @description starts before it is dead; null: as the settings say
             */
            max_attempts: number | null;
        };
        /**
         * RoleContribution
         * @description A role of the member, and what it brings.
         */
        RoleContribution: {
            /**
             * Holds
             * @description whether it holds the permission that is asked about
             */
            holds: boolean;
            /**
             * Key
             * @description the role's key
             */
            key: string;
            /**
             * Permissions
             * @description all that it holds, sorted; none where the role is gone
             */
            permissions: string[];
            /**
             * System
             * @description one of owner, admin, member and viewer
             */
            system: boolean;
        };
        /**
         * RoleCreate
         * @description A new role, made of the permission catalogue.
         * @example {
         *       "key": "buyer",
         *       "name": "Buyer",
         *       "permissions": [
         *         "tenants.members:read"
         *       ]
         *     }
         */
        RoleCreate: {
            /**
             * Description
             * @description what it is for
             */
            description?: string | null;
            /**
             * Key
             * @description by which it is assigned; never changes
             */
            key: string;
            /**
             * Name
             * @description what people call it
             */
            name: string;
            /**
             * Permissions
             * @description ids of permissions, as GET /permissions lists them
             */
            permissions: string[];
        };
        /**
         * RoleOut
         * @description A role, made by the tenant or the same everywhere.
         */
        RoleOut: {
            /**
             * Description
             * @description what it is for
             */
            description: string | null;
            /**
             * Key
             * @description by which it is assigned
             */
            key: string;
            /**
             * Name
             * @description what people call it
             */
            name: string;
            /**
             * Permissions
             * @description what it holds, sorted
             */
            permissions: string[];
            /**
             * System
             * @description one of owner, admin, member and viewer, which live in code
             */
            system: boolean;
            /**
             * Version
             * Format: int64
             * @description another one after every change; also the ETag
             */
            version: number;
        };
        /**
         * RoleUpdate
         * @description A merge patch: what is absent stays; null clears the description alone.
         * @example {
         *       "permissions": [
         *         "tenants.members:read"
         *       ]
         *     }
         */
        RoleUpdate: {
            /**
             * Description
             * @description what it is for
             */
            description?: string | null;
            /**
             * Name
             * @description what people call it
             */
            name?: string;
            /**
             * Permissions
             * @description ids of permissions, as GET /permissions lists them
             */
            permissions?: string[];
        };
        /**
         * SalesOut
         * @description What was sold, ready to be plotted.
         */
        SalesOut: {
            /**
             * By
             * @description day, week or month
             * @example day
             */
            by: string;
            /**
             * First Day
             * Format: date
             * @description of the first period: periods are always whole
             */
            first_day: string;
            /**
             * Last Day
             * Format: date
             * @description of the last period
             */
            last_day: string;
            /**
             * Series
             * @description one for each currency, at most 10; none: nothing happened
             */
            series: components["schemas"]["SalesSeries"][];
            /**
             * Time Zone
             * @description whose days they are: the tenant's setting
             */
            time_zone: string;
        };
        /**
         * SalesPoint
         * @description One period; nothing happened: zeros.
         */
        SalesPoint: {
            /**
             * Cancelled
             * @description orders that were cancelled
             */
            cancelled: number;
            /**
             * Gross
             * @description money that was paid
             */
            gross: number;
            /**
             * Orders
             * @description orders that were placed
             */
            orders: number;
            /**
             * Paid
             * @description orders that were paid
             */
            paid: number;
            /**
             * Pieces
             * @description pieces that were paid for, less those whose money was given back
             */
            pieces: number;
            /**
             * Refunded
             * @description orders whose money was given back
             */
            refunded: number;
            /**
             * Refunds
             * @description money that was given back
             */
            refunds: number;
            /**
             * Revenue
             * @description `gross` less `refunds`
             */
            revenue: number;
            /**
             * Start
             * Format: date
             * @description its first day
             */
            start: string;
        };
        /**
         * SalesSeries
         * @description What was sold in one currency.
         */
        SalesSeries: {
            /**
             * Currency
             * @description ISO 4217
             */
            currency: string;
            /**
             * Points
             * @description every period, the first one first
             */
            points: components["schemas"]["SalesPoint"][];
            /** @description of all periods together */
            totals: components["schemas"]["SalesSums"];
        };
        /**
         * SalesSums
         * @description What happened in a time, each on the day on which it did: a refund of June of what was paid in May counts in June.
         */
        SalesSums: {
            /**
             * Cancelled
             * @description orders that were cancelled
             */
            cancelled: number;
            /**
             * Gross
             * @description money that was paid
             */
            gross: number;
            /**
             * Orders
             * @description orders that were placed
             */
            orders: number;
            /**
             * Paid
             * @description orders that were paid
             */
            paid: number;
            /**
             * Pieces
             * @description pieces that were paid for, less those whose money was given back
             */
            pieces: number;
            /**
             * Refunded
             * @description orders whose money was given back
             */
            refunded: number;
            /**
             * Refunds
             * @description money that was given back
             */
            refunds: number;
            /**
             * Revenue
             * @description `gross` less `refunds`
             */
            revenue: number;
        };
        /**
         * ScheduleEntry
         * @description What is done at certain times.
         */
        ScheduleEntry: {
            /** Cron */
            cron: string;
            /**
             * Missed
             * @description of the times that nobody fired: skip, once or all
             */
            missed: string;
            /** Module */
            module: string;
            /** Name */
            name: string;
            /** Outside */
            outside: boolean;
            /**
             * Per Tenant
             * @description once for each active tenant; else once
             */
            per_tenant: boolean;
            /** Priority */
            priority: string;
            /** Queue */
            queue: string;
            retries: components["schemas"]["RetryPolicy"];
            /** Time Zone */
            time_zone: string;
            /** Timeout Seconds */
            timeout_seconds: number;
        };
        /**
         * ScheduleOut
         * @description A schedule of an installed module.
         */
        ScheduleOut: {
            /**
             * Cron
             * @description minute, hour, day of the month, month, day of the week
             */
            cron: string;
            /** @description its latest time, also by hand */
            last_run: components["schemas"]["ScheduleRunOut"] | null;
            /**
             * Missed
             * @description what becomes of times that nobody fired
             * @enum {string}
             */
            missed: "skip" | "once" | "all";
            /**
             * Name
             * @description `<module>.<what_it_does>`
             */
            name: string;
            /**
             * Next At
             * @description when it comes next
             */
            next_at: string | null;
            /**
             * Per Tenant
             * @description whether each tenant has its own
             */
            per_tenant: boolean;
            /**
             * Time Zone
             * @description whose clock it goes by
             */
            time_zone: string;
        };
        /**
         * ScheduleRunOut
         * @description A time of a schedule, and what became of it.
         */
        ScheduleRunOut: {
            /**
             * Actor
             * @description `system`, or who ran it by hand
             */
            actor: string;
            /**
             * Due At
             * Format: date-time
             * @description when it was due
             */
            due_at: string;
            /**
             * Event Id
             * @description the event that it became
             */
            event_id: string | null;
            /**
             * Outcome
             * @description skipped: its time had passed; else the state of its delivery, unknown where that is no longer kept
             * @enum {string}
             */
            outcome: "skipped" | "pending" | "leased" | "done" | "dead" | "parked" | "unknown";
        };
        /**
         * ScheduleStart
         * @description One run now.
         */
        ScheduleStart: {
            /**
             * Tenant Id
             * @description in which tenant; only of a schedule that each tenant has
             */
            tenant_id?: string | null;
        };
        /**
         * SessionData
         * @description A session.
         */
        SessionData: {
            /**
             * Address
             * @description the network address that signed in
             */
            address: string | null;
            /**
             * Created At
             * Format: date-time
             * @description when it began
             */
            created_at: string;
            /**
             * Ended At
             * @description when it was ended
             */
            ended_at: string | null;
            /**
             * Id
             * Format: uuid
             * @description the session's id
             */
            id: string;
            /**
             * Operator Id
             * @description the operator who acted as the person
             */
            operator_id: string | null;
            /**
             * Refreshed At
             * Format: date-time
             * @description when it was last used to get tokens
             */
            refreshed_at: string;
            /**
             * Transport
             * @description body or cookie
             */
            transport: string;
            /**
             * User Agent
             * @description the software that signed in, as it said
             */
            user_agent: string | null;
        };
        /**
         * SessionOut
         * @description A session that stands.
         */
        SessionOut: {
            /**
             * Address
             * @description network address at which it was opened
             * @example 203.0.113.7
             */
            address: string | null;
            /**
             * Authenticated At
             * Format: date-time
             * @description when the password was last proved in it
             */
            authenticated_at: string;
            /**
             * By Operator
             * @description whether an operator of the platform acts as you in it
             */
            by_operator: boolean;
            /**
             * Created At
             * Format: date-time
             * @description when it was opened
             */
            created_at: string;
            /**
             * Current
             * @description whether it is the one that asks
             */
            current: boolean;
            /**
             * Expires At
             * Format: date-time
             * @description when it ends unless it is refreshed
             */
            expires_at: string;
            /**
             * Id
             * Format: uuid
             * @description the session's id
             * @example 0199a3c1-5f0e-7c44-9f0c-2b9a3a0d5e11
             */
            id: string;
            /**
             * Mfa
             * @description whether a second factor was proved in it
             */
            mfa: boolean;
            /**
             * Refreshed At
             * Format: date-time
             * @description when it was last refreshed
             */
            refreshed_at: string;
            /**
             * Transport
             * @description body or cookie: where its refresh token travels
             * @example cookie
             */
            transport: string;
            /**
             * User Agent
             * @description what opened it said of itself
             * @example Mozilla/5.0
             */
            user_agent: string | null;
        };
        /**
         * ShipmentOut
         * @description A shipment.
         */
        ShipmentOut: {
            /**
             * Carrier
             * @description who takes it; null until one was asked
             * @example http
             */
            carrier: string | null;
            /**
             * Created At
             * Format: date-time
             * @description when its order was paid
             */
            created_at: string;
            /**
             * Id
             * Format: uuid
             * @description the shipment's id
             */
            id: string;
            /**
             * Order Id
             * Format: uuid
             * @description the order that is in it
             */
            order_id: string;
            /**
             * Order Number
             * @description the order's number
             * @example 17
             */
            order_number: number;
            /**
             * Reason
             * @description why it failed
             * @example address unknown
             */
            reason: string | null;
            /**
             * Reference
             * @description the carrier's name for it
             * @example P-4711
             */
            reference: string | null;
            /**
             * Status
             * @description pending, inProgress, delivered or failed
             * @example inProgress
             */
            status: string;
            /**
             * Tracking Number
             * @description what the buyer follows it by
             * @example JD0146
             */
            tracking_number: string | null;
            /**
             * Updated At
             * Format: date-time
             * @description when it was last changed
             */
            updated_at: string;
            /**
             * Version
             * @description another one after every change; also the ETag
             */
            version: number;
        };
        /**
         * SignedIn
         * @description What a sign-in or a refresh answers.
         */
        SignedIn: {
            /**
             * Access Token
             * @description for Authorization: Bearer
             */
            access_token: string;
            /**
             * Csrf Token
             * @description for X-CSRF-Token beside the cookie; null without one
             */
            csrf_token: string | null;
            /**
             * Expires In
             * @description seconds until the access token expires
             */
            expires_in: number;
            /**
             * Refresh Token
             * @description used once; null where it travels in the cookie
             */
            refresh_token: string | null;
            /**
             * Token Type
             * @default bearer
             * @constant
             */
            token_type: "bearer";
        };
        /**
         * SignIn
         * @description Address and password.
         * @example {
         *       "email": "owner@acme.example",
         *       "password": "..."
         *     }
         */
        SignIn: {
            /**
             * Email
             * @description the address, in any letter case
             */
            email: string;
            /**
             * Password
             * Format: password
             * @description as typed; nothing is trimmed
             */
            password: string;
            /**
             * Session Transport
             * @description where the refresh token travels; browsers choose cookie
             * @default body
             * @enum {string}
             */
            session_transport?: "body" | "cookie";
        };
        /**
         * SignInCode
         * @description The second half of a sign-in.
         * @example {
         *       "code": "492039",
         *       "mfa_token": "o3bJ0y0Yx3kqfZk2m7m0yHn1oY5b1cV2S8JxQyqU9xM",
         *       "session_transport": "body"
         *     }
         */
        SignInCode: {
            /**
             * Code
             * @description six digits of the authenticator, or a recovery code; spaces, hyphens and letter case do not matter
             */
            code: string;
            /**
             * Mfa Token
             * @description as the problem `mfa_required` gave it
             */
            mfa_token: string;
            /**
             * Session Transport
             * @description where the refresh token travels; browsers choose cookie
             * @default body
             * @enum {string}
             */
            session_transport?: "body" | "cookie";
        };
        /**
         * SignInData
         * @description What is kept so that the person can sign in; no secret is shown.
         */
        SignInData: {
            /**
             * Authenticator Since
             * @description when the authenticator was confirmed
             */
            authenticator_since: string | null;
            /**
             * New Email
             * @description an address that waits to be confirmed
             */
            new_email: string | null;
            /**
             * Operator Since
             * @description since when the person is of the platform's staff
             */
            operator_since: string | null;
            /**
             * Password Changed At
             * @description when the password was chosen
             */
            password_changed_at: string | null;
        };
        /**
         * StartedImpersonation
         * @description The impersonation, and what to act with.
         */
        StartedImpersonation: {
            /**
             * Access Token
             * @description for Authorization: Bearer; there is no refresh token
             */
            access_token: string;
            /**
             * Ends At
             * Format: date-time
             * @description when it is over
             */
            ends_at: string;
            /**
             * Id
             * Format: uuid
             * @description ends it: DELETE /operator/impersonations/{id}
             */
            id: string;
            /**
             * Operator Id
             * Format: uuid
             * @description who acts
             */
            operator_id: string;
            /**
             * Reason
             * @description why
             */
            reason: string;
            /**
             * Tenant Id
             * Format: uuid
             * @description where
             */
            tenant_id: string;
            /**
             * User Id
             * Format: uuid
             * @description as whom
             */
            user_id: string;
        };
        /**
         * StartedRun
         * @description A run that was asked for.
         */
        StartedRun: {
            /**
             * Due At
             * Format: date-time
             * @description the moment that it goes by
             */
            due_at: string;
            /**
             * Event Id
             * Format: uuid
             * @description the event that it became
             */
            event_id: string;
            /**
             * Name
             * @description the schedule
             */
            name: string;
            /**
             * Tenant Id
             * @description in which tenant; null: the installation's
             */
            tenant_id: string | null;
        };
        /**
         * StatusCount
         * @description Shipments that stand there.
         */
        StatusCount: {
            /**
             * Shipments
             * @description how many, each with the product in it
             */
            shipments: number;
            /**
             * Status
             * @description pending, inProgress, delivered, failed
             * @example inProgress
             */
            status: string;
        };
        /**
         * StatusCounts
         * @description Products by status.
         */
        StatusCounts: {
            /**
             * Active
             * @description for sale
             */
            active: number;
            /**
             * Archived
             * @description gone for good
             */
            archived: number;
            /**
             * Draft
             * @description not shown to customers
             */
            draft: number;
        };
        /**
         * StepUp
         * @description The password again, and a code where the second factor is on.
         */
        StepUp: {
            /**
             * Code
             * @description of the authenticator, or a recovery code; needed where it is on
             */
            code?: string | null;
            /**
             * Password
             * Format: password
             * @description as typed; nothing is trimmed
             */
            password: string;
        };
        /**
         * StockOut
         * @description How many pieces there are of a variant, and of how many orders dispose.
         */
        StockOut: {
            /**
             * Available
             * @description those that nobody holds
             * @example 9
             */
            available: number;
            /**
             * Reserved
             * @description those of them that orders hold
             * @example 3
             */
            reserved: number;
            /**
             * Sku
             * @description the tenant's own number, unique
             * @example TEA-01
             */
            sku: string;
            /**
             * Stock
             * @description pieces at hand
             * @example 12
             */
            stock: number;
            /**
             * Variant Id
             * Format: uuid
             * @description the product's own id, or that of a further variant
             */
            variant_id: string;
        };
        /**
         * SuspendTenant
         * @description Why a tenant is suspended.
         */
        SuspendTenant: {
            /**
             * Reason
             * @description why; stands in the tenant's audit log
             */
            reason: string;
        };
        /**
         * TaskEntry
         * @description A kind of long work.
         */
        TaskEntry: {
            /**
             * At Once
             * @description of one tenant; null: as the plan allows
             */
            at_once: number | null;
            /**
             * Keep Days
             * @description after its end; null: for ever
             */
            keep_days: number | null;
            /** Kind */
            kind: string;
            /** Module */
            module: string;
            /** Priority */
            priority: string;
            /** Queue */
            queue: string;
            retries: components["schemas"]["RetryPolicy"];
            /**
             * Timeout Seconds
             * @description of one attempt
             */
            timeout_seconds: number;
            /** Title */
            title: string;
        };
        /**
         * TaskOut
         * @description Long work, and where it stands.
         */
        TaskOut: {
            /**
             * Actor
             * @description who started it
             */
            actor: string;
            /**
             * After
             * @description the tasks that must have succeeded before it runs
             */
            after: string[];
            /**
             * Attempt
             * @description how often it was begun or resumed
             */
            attempt: number;
            /**
             * Cancel Requested At
             * @description when somebody cancelled it
             */
            cancel_requested_at: string | null;
            /**
             * Cancellable
             * @description whether a cancellation would still be heard
             */
            cancellable: boolean;
            /**
             * Created At
             * Format: date-time
             * @description when it was started
             */
            created_at: string;
            /**
             * Error
             * @description why it failed, or what its last attempt failed of
             */
            error: string | null;
            /**
             * Expires At
             * @description until when it is kept; null: no end, or not yet over
             */
            expires_at: string | null;
            /**
             * Finished At
             * @description when it ended
             */
            finished_at: string | null;
            /**
             * Id
             * Format: uuid
             * @description the task's id
             */
            id: string;
            /**
             * Kind
             * @description what is done
             */
            kind: string;
            /** @description how far it has come */
            progress: components["schemas"]["TaskProgress"];
            /**
             * Request Id
             * Format: uuid
             * @description the request that it came of
             */
            request_id: string;
            /**
             * Result
             * @description what came of it, once it has succeeded
             */
            result: {
                [key: string]: unknown;
            } | null;
            /**
             * Revision
             * @description counts every change; the id of its events
             */
            revision: number;
            /**
             * Started At
             * @description when it first began to run
             */
            started_at: string | null;
            /**
             * State
             * @description queued, running, succeeded, failed or cancelled
             */
            state: string;
        };
        /**
         * TaskProgress
         * @description How far a task has come.
         */
        TaskProgress: {
            /**
             * Done
             * @description units that are done
             */
            done: number;
            /**
             * Message
             * @description what it does now, for people
             */
            message: string | null;
            /**
             * Partial
             * @description what it has found so far
             */
            partial: {
                [key: string]: unknown;
            } | null;
            /**
             * Total
             * @description units in all, once that is known
             */
            total: number | null;
            /**
             * Unit
             * @description of what
             */
            unit: string | null;
        };
        /**
         * TenantCreate
         * @description A new tenant; who creates it becomes its owner.
         */
        TenantCreate: {
            /**
             * Name
             * @description what people call it
             */
            name: string;
            /**
             * Slug
             * @description its name in X-Tenant-ID and addresses
             */
            slug: string;
        };
        /**
         * TenantMake
         * @description A new tenant, made for somebody.
         */
        TenantMake: {
            /**
             * Name
             * @description what people call it
             */
            name: string;
            /**
             * Owner
             * Format: email
             * @description the address of a person, who becomes its owner
             */
            owner: string;
            /**
             * Plan
             * @description a key of `plans` in the settings
             * @default standard
             */
            plan?: string;
            /**
             * Slug
             * @description its name in X-Tenant-ID and addresses
             */
            slug: string;
        };
        /**
         * TenantOut
         * @description A tenant.
         */
        TenantOut: {
            /**
             * Created At
             * Format: date-time
             * @description when it was made
             */
            created_at: string;
            /**
             * Deletion Due At
             * @description when it will be purged; null: nobody asked for it
             */
            deletion_due_at: string | null;
            /**
             * Id
             * Format: uuid
             * @description the tenant's id
             */
            id: string;
            /**
             * Mfa Required
             * @description whether it demands a second factor of its members
             */
            mfa_required: boolean;
            /**
             * Name
             * @description what people call it
             */
            name: string;
            /**
             * Plan
             * @description the key of its plan
             */
            plan: string;
            /**
             * Slug
             * @description its name in X-Tenant-ID and addresses
             */
            slug: string;
            /**
             * State
             * @description active or suspended
             */
            state: string;
            /**
             * Version
             * @description counts every change; also the ETag
             */
            version: number;
        };
        /**
         * TenantRef
         * @description A tenant, in short.
         */
        TenantRef: {
            /**
             * Id
             * Format: uuid
             * @description the tenant's id
             */
            id: string;
            /**
             * Name
             * @description what people call it
             */
            name: string;
            /**
             * Slug
             * @description its name in X-Tenant-ID
             */
            slug: string;
            /**
             * State
             * @description active or suspended
             */
            state: string;
        };
        /**
         * TenantUpdate
         * @description A merge patch: what is absent stays.
         * @example {
         *       "name": "Acme Worldwide"
         *     }
         */
        TenantUpdate: {
            /**
             * Mfa Required
             * @description demand a second factor of the members
             */
            mfa_required?: boolean;
            /**
             * Name
             * @description what people call it
             */
            name?: string;
            /**
             * Slug
             * @description its name in X-Tenant-ID; the old one works on for a while
             */
            slug?: string;
        };
        /**
         * TopOut
         * @description The products that sold best.
         */
        TopOut: {
            /**
             * First Day
             * Format: date
             * @description the first day
             */
            first_day: string;
            /**
             * Last Day
             * Format: date
             * @description the last day, included
             */
            last_day: string;
            /**
             * Series
             * @description one for each currency, at most 10
             */
            series: components["schemas"]["TopSeries"][];
            /**
             * Time Zone
             * @description whose days they are: the tenant's setting
             */
            time_zone: string;
        };
        /**
         * TopProduct
         * @description A product that sold.
         */
        TopProduct: {
            /**
             * Name
             * @description as well
             * @example Green tea
             */
            name: string | null;
            /**
             * Orders
             * @description orders with it that were paid
             */
            orders: number;
            /**
             * Pieces
             * @description pieces that were paid for, less those whose money was given back
             */
            pieces: number;
            /**
             * Product Id
             * Format: uuid
             * @description the product
             */
            product_id: string;
            /**
             * Revenue
             * @description money that was paid, less what was given back
             */
            revenue: number;
            /**
             * Sku
             * @description as the catalog has it now; null: it has it no more
             */
            sku: string | null;
        };
        /**
         * TopSeries
         * @description The best of one currency.
         */
        TopSeries: {
            /**
             * Currency
             * @description ISO 4217
             */
            currency: string;
            /**
             * Products
             * @description the first is the best
             */
            products: components["schemas"]["TopProduct"][];
        };
        /**
         * TotpConfirm
         * @description The first code of the authenticator.
         * @example {
         *       "code": "492039"
         *     }
         */
        TotpConfirm: {
            /**
             * Code
             * @description six digits of the authenticator, or a recovery code; spaces, hyphens and letter case do not matter
             */
            code: string;
        };
        /**
         * TotpOut
         * @description The secret of an authenticator: this once, and never again.
         * @example {
         *       "secret": "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP",
         *       "uri": "otpauth://totp/Atrium:nora@acme.example?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Atrium"
         *     }
         */
        TotpOut: {
            /**
             * Secret
             * @description base32, to be typed into an authenticator
             */
            secret: string;
            /**
             * Uri
             * @description the same as an otpauth address, to be shown as a QR code
             */
            uri: string;
        };
        /**
         * VariantCreate
         * @description A further variant of a product: another size, colour or quantity.
         * @example {
         *       "currency": "EUR",
         *       "name": "500 g",
         *       "price": 1900,
         *       "sku": "TEA-01-L",
         *       "stock": 4
         *     }
         */
        VariantCreate: {
            /**
             * Currency
             * @description ISO 4217
             */
            currency: string;
            /**
             * Name
             * @description what it is beside the product's name
             */
            name: string;
            /**
             * Price
             * @description in minor units of the currency
             */
            price: number;
            /**
             * Sku
             * @description the tenant's own number, unique
             */
            sku: string;
            /**
             * Status
             * @description whether customers see it
             * @default active
             * @enum {string}
             */
            status?: "draft" | "active";
            /**
             * Stock
             * @description pieces at hand
             * @default 0
             */
            stock?: number;
        };
        /**
         * VariantOut
         * @description A further variant of a product, in lists and alone.
         */
        VariantOut: {
            /**
             * Created At
             * Format: date-time
             * @description when it was made
             */
            created_at: string;
            /**
             * Currency
             * @description ISO 4217
             */
            currency: string;
            /**
             * Id
             * Format: uuid
             * @description the variant's id, by which orders name it
             */
            id: string;
            /**
             * Name
             * @description what it is beside the product's name
             * @example 500 g
             */
            name: string;
            /**
             * Price
             * @description in minor units of the currency
             * @example 1900
             */
            price: number;
            /**
             * Product Id
             * Format: uuid
             * @description of which product
             */
            product_id: string;
            /**
             * Sku
             * @description the tenant's own number, unique
             * @example TEA-01-L
             */
            sku: string;
            /**
             * Status
             * @description draft, active or archived; it is sold while its product is active too
             */
            status: string;
            /**
             * Stock
             * @description pieces at hand
             * @example 4
             */
            stock: number;
            /**
             * Updated At
             * Format: date-time
             * @description when it was last changed
             */
            updated_at: string;
            /**
             * Version
             * @description counts every change; also the ETag
             */
            version: number;
        };
        /**
         * VariantUpdate
         * @description A merge patch (RFC 7396): what is absent stays; nothing can be cleared.
         * @example {
         *       "stock": 9
         *     }
         */
        VariantUpdate: {
            /**
             * Currency
             * @description ISO 4217
             */
            currency?: string;
            /**
             * Name
             * @description what it is beside the product's name
             */
            name?: string;
            /**
             * Price
             * @description in minor units of the currency
             */
            price?: number;
            /**
             * Sku
             * @description the tenant's own number, unique
             */
            sku?: string;
            /**
             * Status
             * @description whether customers see it
             * @enum {string}
             */
            status?: "draft" | "active";
            /**
             * Stock
             * @description pieces at hand
             */
            stock?: number;
        };
        /**
         * VerifyEmail
         * @description The mail's token, and the password that was registered.
         */
        VerifyEmail: {
            /**
             * Password
             * Format: password
             * @description as typed; nothing is trimmed
             */
            password: string;
            /**
             * Token
             * @description from the mail's link, behind `#token=`
             */
            token: string;
        };
    };
    responses: {
        /** @description Malformed header (`bad_header`); Unknown host (`bad_host`); Bad request (`bad_request`). */
        "400.bad_header.bad_host.bad_request": {
            headers: {
                "X-Request-ID": components["headers"]["X-Request-ID"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "details": {
                 *         "code": "bad_header",
                 *         "detail": "Malformed header",
                 *         "errors": [],
                 *         "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "retryable": false,
                 *         "status": 400,
                 *         "title": "Malformed header",
                 *         "type": "/problems/bad_header"
                 *       },
                 *       "msg": "Malformed header",
                 *       "status": false
                 *     }
                 */
                "application/json": components["schemas"]["ErrorEnvelope"] & {
                    details?: {
                        /** @enum {unknown} */
                        code?: "bad_header" | "bad_host" | "bad_request";
                    };
                };
                /**
                 * @example {
                 *       "code": "bad_header",
                 *       "detail": "Malformed header",
                 *       "errors": [],
                 *       "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "retryable": false,
                 *       "status": 400,
                 *       "title": "Malformed header",
                 *       "type": "/problems/bad_header"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "bad_header" | "bad_host" | "bad_request";
                };
            };
        };
        /** @description Malformed header (`bad_header`); Unknown host (`bad_host`); Bad request (`bad_request`); Malformed Idempotency-Key (`idempotency_key_invalid`); Malformed JSON (`malformed_json`); Malformed X-Tenant-ID (`tenant_invalid`); Choose a tenant (`tenant_required`). */
        "400.bad_header.bad_host.bad_request.idempotency_key_invalid.malformed_json.tenant_invalid.tenant_required.limited": {
            headers: {
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "X-Request-ID": components["headers"]["X-Request-ID"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "details": {
                 *         "code": "bad_header",
                 *         "detail": "Malformed header",
                 *         "errors": [],
                 *         "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "retryable": false,
                 *         "status": 400,
                 *         "title": "Malformed header",
                 *         "type": "/problems/bad_header"
                 *       },
                 *       "msg": "Malformed header",
                 *       "status": false
                 *     }
                 */
                "application/json": components["schemas"]["ErrorEnvelope"] & {
                    details?: {
                        /** @enum {unknown} */
                        code?: "bad_header" | "bad_host" | "bad_request" | "idempotency_key_invalid" | "malformed_json" | "tenant_invalid" | "tenant_required";
                    };
                };
                /**
                 * @example {
                 *       "code": "bad_header",
                 *       "detail": "Malformed header",
                 *       "errors": [],
                 *       "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "retryable": false,
                 *       "status": 400,
                 *       "title": "Malformed header",
                 *       "type": "/problems/bad_header"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "bad_header" | "bad_host" | "bad_request" | "idempotency_key_invalid" | "malformed_json" | "tenant_invalid" | "tenant_required";
                };
            };
        };
        /** @description Malformed header (`bad_header`); Unknown host (`bad_host`); Bad request (`bad_request`); Malformed Idempotency-Key (`idempotency_key_invalid`); Malformed X-Tenant-ID (`tenant_invalid`); Choose a tenant (`tenant_required`). */
        "400.bad_header.bad_host.bad_request.idempotency_key_invalid.tenant_invalid.tenant_required.limited": {
            headers: {
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "X-Request-ID": components["headers"]["X-Request-ID"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "details": {
                 *         "code": "bad_header",
                 *         "detail": "Malformed header",
                 *         "errors": [],
                 *         "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "retryable": false,
                 *         "status": 400,
                 *         "title": "Malformed header",
                 *         "type": "/problems/bad_header"
                 *       },
                 *       "msg": "Malformed header",
                 *       "status": false
                 *     }
                 */
                "application/json": components["schemas"]["ErrorEnvelope"] & {
                    details?: {
                        /** @enum {unknown} */
                        code?: "bad_header" | "bad_host" | "bad_request" | "idempotency_key_invalid" | "tenant_invalid" | "tenant_required";
                    };
                };
                /**
                 * @example {
                 *       "code": "bad_header",
                 *       "detail": "Malformed header",
                 *       "errors": [],
                 *       "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "retryable": false,
                 *       "status": 400,
                 *       "title": "Malformed header",
                 *       "type": "/problems/bad_header"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "bad_header" | "bad_host" | "bad_request" | "idempotency_key_invalid" | "tenant_invalid" | "tenant_required";
                };
            };
        };
        /** @description Malformed header (`bad_header`); Unknown host (`bad_host`); Bad request (`bad_request`); Idempotency-Key is not taken here (`idempotency_key_not_taken`). */
        "400.bad_header.bad_host.bad_request.idempotency_key_not_taken.limited": {
            headers: {
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "X-Request-ID": components["headers"]["X-Request-ID"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "details": {
                 *         "code": "bad_header",
                 *         "detail": "Malformed header",
                 *         "errors": [],
                 *         "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "retryable": false,
                 *         "status": 400,
                 *         "title": "Malformed header",
                 *         "type": "/problems/bad_header"
                 *       },
                 *       "msg": "Malformed header",
                 *       "status": false
                 *     }
                 */
                "application/json": components["schemas"]["ErrorEnvelope"] & {
                    details?: {
                        /** @enum {unknown} */
                        code?: "bad_header" | "bad_host" | "bad_request" | "idempotency_key_not_taken";
                    };
                };
                /**
                 * @example {
                 *       "code": "bad_header",
                 *       "detail": "Malformed header",
                 *       "errors": [],
                 *       "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "retryable": false,
                 *       "status": 400,
                 *       "title": "Malformed header",
                 *       "type": "/problems/bad_header"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "bad_header" | "bad_host" | "bad_request" | "idempotency_key_not_taken";
                };
            };
        };
        /** @description Malformed header (`bad_header`); Unknown host (`bad_host`); Bad request (`bad_request`); Idempotency-Key is not taken here (`idempotency_key_not_taken`); Malformed JSON (`malformed_json`). */
        "400.bad_header.bad_host.bad_request.idempotency_key_not_taken.malformed_json.limited": {
            headers: {
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "X-Request-ID": components["headers"]["X-Request-ID"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "details": {
                 *         "code": "bad_header",
                 *         "detail": "Malformed header",
                 *         "errors": [],
                 *         "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "retryable": false,
                 *         "status": 400,
                 *         "title": "Malformed header",
                 *         "type": "/problems/bad_header"
                 *       },
                 *       "msg": "Malformed header",
                 *       "status": false
                 *     }
                 */
                "application/json": components["schemas"]["ErrorEnvelope"] & {
                    details?: {
                        /** @enum {unknown} */
                        code?: "bad_header" | "bad_host" | "bad_request" | "idempotency_key_not_taken" | "malformed_json";
                    };
                };
                /**
                 * @example {
                 *       "code": "bad_header",
                 *       "detail": "Malformed header",
                 *       "errors": [],
                 *       "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "retryable": false,
                 *       "status": 400,
                 *       "title": "Malformed header",
                 *       "type": "/problems/bad_header"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "bad_header" | "bad_host" | "bad_request" | "idempotency_key_not_taken" | "malformed_json";
                };
            };
        };
        /** @description Malformed header (`bad_header`); Unknown host (`bad_host`); Bad request (`bad_request`); Invalid cursor (`invalid_cursor`). */
        "400.bad_header.bad_host.bad_request.invalid_cursor.limited": {
            headers: {
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "X-Request-ID": components["headers"]["X-Request-ID"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "details": {
                 *         "code": "bad_header",
                 *         "detail": "Malformed header",
                 *         "errors": [],
                 *         "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "retryable": false,
                 *         "status": 400,
                 *         "title": "Malformed header",
                 *         "type": "/problems/bad_header"
                 *       },
                 *       "msg": "Malformed header",
                 *       "status": false
                 *     }
                 */
                "application/json": components["schemas"]["ErrorEnvelope"] & {
                    details?: {
                        /** @enum {unknown} */
                        code?: "bad_header" | "bad_host" | "bad_request" | "invalid_cursor";
                    };
                };
                /**
                 * @example {
                 *       "code": "bad_header",
                 *       "detail": "Malformed header",
                 *       "errors": [],
                 *       "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "retryable": false,
                 *       "status": 400,
                 *       "title": "Malformed header",
                 *       "type": "/problems/bad_header"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "bad_header" | "bad_host" | "bad_request" | "invalid_cursor";
                };
            };
        };
        /** @description Malformed header (`bad_header`); Unknown host (`bad_host`); Bad request (`bad_request`); Invalid cursor (`invalid_cursor`); Malformed X-Tenant-ID (`tenant_invalid`); Choose a tenant (`tenant_required`). */
        "400.bad_header.bad_host.bad_request.invalid_cursor.tenant_invalid.tenant_required.limited": {
            headers: {
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "X-Request-ID": components["headers"]["X-Request-ID"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "details": {
                 *         "code": "bad_header",
                 *         "detail": "Malformed header",
                 *         "errors": [],
                 *         "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "retryable": false,
                 *         "status": 400,
                 *         "title": "Malformed header",
                 *         "type": "/problems/bad_header"
                 *       },
                 *       "msg": "Malformed header",
                 *       "status": false
                 *     }
                 */
                "application/json": components["schemas"]["ErrorEnvelope"] & {
                    details?: {
                        /** @enum {unknown} */
                        code?: "bad_header" | "bad_host" | "bad_request" | "invalid_cursor" | "tenant_invalid" | "tenant_required";
                    };
                };
                /**
                 * @example {
                 *       "code": "bad_header",
                 *       "detail": "Malformed header",
                 *       "errors": [],
                 *       "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "retryable": false,
                 *       "status": 400,
                 *       "title": "Malformed header",
                 *       "type": "/problems/bad_header"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "bad_header" | "bad_host" | "bad_request" | "invalid_cursor" | "tenant_invalid" | "tenant_required";
                };
            };
        };
        /** @description Malformed header (`bad_header`); Unknown host (`bad_host`); Bad request (`bad_request`); The invitation does not work (`invitation_invalid`); Malformed JSON (`malformed_json`). */
        "400.bad_header.bad_host.bad_request.invitation_invalid.malformed_json.limited": {
            headers: {
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "X-Request-ID": components["headers"]["X-Request-ID"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "details": {
                 *         "code": "bad_header",
                 *         "detail": "Malformed header",
                 *         "errors": [],
                 *         "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "retryable": false,
                 *         "status": 400,
                 *         "title": "Malformed header",
                 *         "type": "/problems/bad_header"
                 *       },
                 *       "msg": "Malformed header",
                 *       "status": false
                 *     }
                 */
                "application/json": components["schemas"]["ErrorEnvelope"] & {
                    details?: {
                        /** @enum {unknown} */
                        code?: "bad_header" | "bad_host" | "bad_request" | "invitation_invalid" | "malformed_json";
                    };
                };
                /**
                 * @example {
                 *       "code": "bad_header",
                 *       "detail": "Malformed header",
                 *       "errors": [],
                 *       "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "retryable": false,
                 *       "status": 400,
                 *       "title": "Malformed header",
                 *       "type": "/problems/bad_header"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "bad_header" | "bad_host" | "bad_request" | "invitation_invalid" | "malformed_json";
                };
            };
        };
        /** @description Malformed header (`bad_header`); Unknown host (`bad_host`); Bad request (`bad_request`). */
        "400.bad_header.bad_host.bad_request.limited": {
            headers: {
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "X-Request-ID": components["headers"]["X-Request-ID"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "details": {
                 *         "code": "bad_header",
                 *         "detail": "Malformed header",
                 *         "errors": [],
                 *         "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "retryable": false,
                 *         "status": 400,
                 *         "title": "Malformed header",
                 *         "type": "/problems/bad_header"
                 *       },
                 *       "msg": "Malformed header",
                 *       "status": false
                 *     }
                 */
                "application/json": components["schemas"]["ErrorEnvelope"] & {
                    details?: {
                        /** @enum {unknown} */
                        code?: "bad_header" | "bad_host" | "bad_request";
                    };
                };
                /**
                 * @example {
                 *       "code": "bad_header",
                 *       "detail": "Malformed header",
                 *       "errors": [],
                 *       "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "retryable": false,
                 *       "status": 400,
                 *       "title": "Malformed header",
                 *       "type": "/problems/bad_header"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "bad_header" | "bad_host" | "bad_request";
                };
            };
        };
        /** @description Malformed header (`bad_header`); Unknown host (`bad_host`); Bad request (`bad_request`); Malformed JSON (`malformed_json`). */
        "400.bad_header.bad_host.bad_request.malformed_json": {
            headers: {
                "X-Request-ID": components["headers"]["X-Request-ID"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "details": {
                 *         "code": "bad_header",
                 *         "detail": "Malformed header",
                 *         "errors": [],
                 *         "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "retryable": false,
                 *         "status": 400,
                 *         "title": "Malformed header",
                 *         "type": "/problems/bad_header"
                 *       },
                 *       "msg": "Malformed header",
                 *       "status": false
                 *     }
                 */
                "application/json": components["schemas"]["ErrorEnvelope"] & {
                    details?: {
                        /** @enum {unknown} */
                        code?: "bad_header" | "bad_host" | "bad_request" | "malformed_json";
                    };
                };
                /**
                 * @example {
                 *       "code": "bad_header",
                 *       "detail": "Malformed header",
                 *       "errors": [],
                 *       "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "retryable": false,
                 *       "status": 400,
                 *       "title": "Malformed header",
                 *       "type": "/problems/bad_header"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "bad_header" | "bad_host" | "bad_request" | "malformed_json";
                };
            };
        };
        /** @description Malformed header (`bad_header`); Unknown host (`bad_host`); Bad request (`bad_request`); Malformed JSON (`malformed_json`). */
        "400.bad_header.bad_host.bad_request.malformed_json.limited": {
            headers: {
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "X-Request-ID": components["headers"]["X-Request-ID"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "details": {
                 *         "code": "bad_header",
                 *         "detail": "Malformed header",
                 *         "errors": [],
                 *         "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "retryable": false,
                 *         "status": 400,
                 *         "title": "Malformed header",
                 *         "type": "/problems/bad_header"
                 *       },
                 *       "msg": "Malformed header",
                 *       "status": false
                 *     }
                 */
                "application/json": components["schemas"]["ErrorEnvelope"] & {
                    details?: {
                        /** @enum {unknown} */
                        code?: "bad_header" | "bad_host" | "bad_request" | "malformed_json";
                    };
                };
                /**
                 * @example {
                 *       "code": "bad_header",
                 *       "detail": "Malformed header",
                 *       "errors": [],
                 *       "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "retryable": false,
                 *       "status": 400,
                 *       "title": "Malformed header",
                 *       "type": "/problems/bad_header"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "bad_header" | "bad_host" | "bad_request" | "malformed_json";
                };
            };
        };
        /** @description Malformed header (`bad_header`); Unknown host (`bad_host`); Bad request (`bad_request`); Malformed JSON (`malformed_json`); Malformed X-Tenant-ID (`tenant_invalid`); Choose a tenant (`tenant_required`). */
        "400.bad_header.bad_host.bad_request.malformed_json.tenant_invalid.tenant_required.limited": {
            headers: {
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "X-Request-ID": components["headers"]["X-Request-ID"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "details": {
                 *         "code": "bad_header",
                 *         "detail": "Malformed header",
                 *         "errors": [],
                 *         "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "retryable": false,
                 *         "status": 400,
                 *         "title": "Malformed header",
                 *         "type": "/problems/bad_header"
                 *       },
                 *       "msg": "Malformed header",
                 *       "status": false
                 *     }
                 */
                "application/json": components["schemas"]["ErrorEnvelope"] & {
                    details?: {
                        /** @enum {unknown} */
                        code?: "bad_header" | "bad_host" | "bad_request" | "malformed_json" | "tenant_invalid" | "tenant_required";
                    };
                };
                /**
                 * @example {
                 *       "code": "bad_header",
                 *       "detail": "Malformed header",
                 *       "errors": [],
                 *       "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "retryable": false,
                 *       "status": 400,
                 *       "title": "Malformed header",
                 *       "type": "/problems/bad_header"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "bad_header" | "bad_host" | "bad_request" | "malformed_json" | "tenant_invalid" | "tenant_required";
                };
            };
        };
        /** @description Malformed header (`bad_header`); Unknown host (`bad_host`); Bad request (`bad_request`); Malformed JSON (`malformed_json`); The link does not work (`token_invalid`). */
        "400.bad_header.bad_host.bad_request.malformed_json.token_invalid": {
            headers: {
                "X-Request-ID": components["headers"]["X-Request-ID"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "details": {
                 *         "code": "bad_header",
                 *         "detail": "Malformed header",
                 *         "errors": [],
                 *         "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "retryable": false,
                 *         "status": 400,
                 *         "title": "Malformed header",
                 *         "type": "/problems/bad_header"
                 *       },
                 *       "msg": "Malformed header",
                 *       "status": false
                 *     }
                 */
                "application/json": components["schemas"]["ErrorEnvelope"] & {
                    details?: {
                        /** @enum {unknown} */
                        code?: "bad_header" | "bad_host" | "bad_request" | "malformed_json" | "token_invalid";
                    };
                };
                /**
                 * @example {
                 *       "code": "bad_header",
                 *       "detail": "Malformed header",
                 *       "errors": [],
                 *       "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "retryable": false,
                 *       "status": 400,
                 *       "title": "Malformed header",
                 *       "type": "/problems/bad_header"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "bad_header" | "bad_host" | "bad_request" | "malformed_json" | "token_invalid";
                };
            };
        };
        /** @description Malformed header (`bad_header`); Unknown host (`bad_host`); Bad request (`bad_request`); Malformed X-Tenant-ID (`tenant_invalid`). */
        "400.bad_header.bad_host.bad_request.tenant_invalid.limited": {
            headers: {
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "X-Request-ID": components["headers"]["X-Request-ID"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "details": {
                 *         "code": "bad_header",
                 *         "detail": "Malformed header",
                 *         "errors": [],
                 *         "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "retryable": false,
                 *         "status": 400,
                 *         "title": "Malformed header",
                 *         "type": "/problems/bad_header"
                 *       },
                 *       "msg": "Malformed header",
                 *       "status": false
                 *     }
                 */
                "application/json": components["schemas"]["ErrorEnvelope"] & {
                    details?: {
                        /** @enum {unknown} */
                        code?: "bad_header" | "bad_host" | "bad_request" | "tenant_invalid";
                    };
                };
                /**
                 * @example {
                 *       "code": "bad_header",
                 *       "detail": "Malformed header",
                 *       "errors": [],
                 *       "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "retryable": false,
                 *       "status": 400,
                 *       "title": "Malformed header",
                 *       "type": "/problems/bad_header"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "bad_header" | "bad_host" | "bad_request" | "tenant_invalid";
                };
            };
        };
        /** @description Malformed header (`bad_header`); Unknown host (`bad_host`); Bad request (`bad_request`); Malformed X-Tenant-ID (`tenant_invalid`); Choose a tenant (`tenant_required`). */
        "400.bad_header.bad_host.bad_request.tenant_invalid.tenant_required.limited": {
            headers: {
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "X-Request-ID": components["headers"]["X-Request-ID"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "details": {
                 *         "code": "bad_header",
                 *         "detail": "Malformed header",
                 *         "errors": [],
                 *         "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "retryable": false,
                 *         "status": 400,
                 *         "title": "Malformed header",
                 *         "type": "/problems/bad_header"
                 *       },
                 *       "msg": "Malformed header",
                 *       "status": false
                 *     }
                 */
                "application/json": components["schemas"]["ErrorEnvelope"] & {
                    details?: {
                        /** @enum {unknown} */
                        code?: "bad_header" | "bad_host" | "bad_request" | "tenant_invalid" | "tenant_required";
                    };
                };
                /**
                 * @example {
                 *       "code": "bad_header",
                 *       "detail": "Malformed header",
                 *       "errors": [],
                 *       "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "retryable": false,
                 *       "status": 400,
                 *       "title": "Malformed header",
                 *       "type": "/problems/bad_header"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "bad_header" | "bad_host" | "bad_request" | "tenant_invalid" | "tenant_required";
                };
            };
        };
        /** @description Address or password is wrong (`invalid_credentials`). */
        "401.invalid_credentials": {
            headers: {
                "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                "X-Request-ID": components["headers"]["X-Request-ID"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "details": {
                 *         "code": "invalid_credentials",
                 *         "detail": "Address or password is wrong",
                 *         "errors": [],
                 *         "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "retryable": false,
                 *         "status": 401,
                 *         "title": "Address or password is wrong",
                 *         "type": "/problems/invalid_credentials"
                 *       },
                 *       "msg": "Address or password is wrong",
                 *       "status": false
                 *     }
                 */
                "application/json": components["schemas"]["ErrorEnvelope"] & {
                    details?: {
                        /** @enum {unknown} */
                        code?: "invalid_credentials";
                    };
                };
                /**
                 * @example {
                 *       "code": "invalid_credentials",
                 *       "detail": "Address or password is wrong",
                 *       "errors": [],
                 *       "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "retryable": false,
                 *       "status": 401,
                 *       "title": "Address or password is wrong",
                 *       "type": "/problems/invalid_credentials"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "invalid_credentials";
                };
            };
        };
        /** @description Address or password is wrong (`invalid_credentials`); The key's owner is gone (`key_owner_gone`); The code does not work (`mfa_code_invalid`); A second factor is required (`mfa_required`); The session has ended (`session_ended`); The access token has expired (`token_expired`); Sign in first (`unauthenticated`). */
        "401.invalid_credentials.key_owner_gone.mfa_code_invalid.mfa_required.session_ended.token_expired.unauthenticated.limited": {
            headers: {
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                "X-Request-ID": components["headers"]["X-Request-ID"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "details": {
                 *         "code": "invalid_credentials",
                 *         "detail": "Address or password is wrong",
                 *         "errors": [],
                 *         "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "retryable": false,
                 *         "status": 401,
                 *         "title": "Address or password is wrong",
                 *         "type": "/problems/invalid_credentials"
                 *       },
                 *       "msg": "Address or password is wrong",
                 *       "status": false
                 *     }
                 */
                "application/json": components["schemas"]["ErrorEnvelope"] & {
                    details?: {
                        /** @enum {unknown} */
                        code?: "invalid_credentials" | "key_owner_gone" | "mfa_code_invalid" | "mfa_required" | "session_ended" | "token_expired" | "unauthenticated";
                    };
                };
                /**
                 * @example {
                 *       "code": "invalid_credentials",
                 *       "detail": "Address or password is wrong",
                 *       "errors": [],
                 *       "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "retryable": false,
                 *       "status": 401,
                 *       "title": "Address or password is wrong",
                 *       "type": "/problems/invalid_credentials"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "invalid_credentials" | "key_owner_gone" | "mfa_code_invalid" | "mfa_required" | "session_ended" | "token_expired" | "unauthenticated";
                };
            };
        };
        /** @description Address or password is wrong (`invalid_credentials`); The key's owner is gone (`key_owner_gone`); The session has ended (`session_ended`); The access token has expired (`token_expired`); Sign in first (`unauthenticated`). */
        "401.invalid_credentials.key_owner_gone.session_ended.token_expired.unauthenticated.limited": {
            headers: {
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                "X-Request-ID": components["headers"]["X-Request-ID"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "details": {
                 *         "code": "invalid_credentials",
                 *         "detail": "Address or password is wrong",
                 *         "errors": [],
                 *         "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "retryable": false,
                 *         "status": 401,
                 *         "title": "Address or password is wrong",
                 *         "type": "/problems/invalid_credentials"
                 *       },
                 *       "msg": "Address or password is wrong",
                 *       "status": false
                 *     }
                 */
                "application/json": components["schemas"]["ErrorEnvelope"] & {
                    details?: {
                        /** @enum {unknown} */
                        code?: "invalid_credentials" | "key_owner_gone" | "session_ended" | "token_expired" | "unauthenticated";
                    };
                };
                /**
                 * @example {
                 *       "code": "invalid_credentials",
                 *       "detail": "Address or password is wrong",
                 *       "errors": [],
                 *       "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "retryable": false,
                 *       "status": 401,
                 *       "title": "Address or password is wrong",
                 *       "type": "/problems/invalid_credentials"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "invalid_credentials" | "key_owner_gone" | "session_ended" | "token_expired" | "unauthenticated";
                };
            };
        };
        /** @description Address or password is wrong (`invalid_credentials`); A second factor is required (`mfa_required`). */
        "401.invalid_credentials.mfa_required.limited": {
            headers: {
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                "X-Request-ID": components["headers"]["X-Request-ID"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "details": {
                 *         "code": "invalid_credentials",
                 *         "detail": "Address or password is wrong",
                 *         "errors": [],
                 *         "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "retryable": false,
                 *         "status": 401,
                 *         "title": "Address or password is wrong",
                 *         "type": "/problems/invalid_credentials"
                 *       },
                 *       "msg": "Address or password is wrong",
                 *       "status": false
                 *     }
                 */
                "application/json": components["schemas"]["ErrorEnvelope"] & {
                    details?: {
                        /** @enum {unknown} */
                        code?: "invalid_credentials" | "mfa_required";
                    };
                };
                /**
                 * @example {
                 *       "code": "invalid_credentials",
                 *       "detail": "Address or password is wrong",
                 *       "errors": [],
                 *       "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "retryable": false,
                 *       "status": 401,
                 *       "title": "Address or password is wrong",
                 *       "type": "/problems/invalid_credentials"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "invalid_credentials" | "mfa_required";
                };
            };
        };
        /** @description The key's owner is gone (`key_owner_gone`); The code does not work (`mfa_code_invalid`); The session has ended (`session_ended`); The access token has expired (`token_expired`); Sign in first (`unauthenticated`). */
        "401.key_owner_gone.mfa_code_invalid.session_ended.token_expired.unauthenticated.limited": {
            headers: {
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                "X-Request-ID": components["headers"]["X-Request-ID"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "details": {
                 *         "code": "key_owner_gone",
                 *         "detail": "The key's owner is gone",
                 *         "errors": [],
                 *         "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "retryable": false,
                 *         "status": 401,
                 *         "title": "The key's owner is gone",
                 *         "type": "/problems/key_owner_gone"
                 *       },
                 *       "msg": "The key's owner is gone",
                 *       "status": false
                 *     }
                 */
                "application/json": components["schemas"]["ErrorEnvelope"] & {
                    details?: {
                        /** @enum {unknown} */
                        code?: "key_owner_gone" | "mfa_code_invalid" | "session_ended" | "token_expired" | "unauthenticated";
                    };
                };
                /**
                 * @example {
                 *       "code": "key_owner_gone",
                 *       "detail": "The key's owner is gone",
                 *       "errors": [],
                 *       "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "retryable": false,
                 *       "status": 401,
                 *       "title": "The key's owner is gone",
                 *       "type": "/problems/key_owner_gone"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "key_owner_gone" | "mfa_code_invalid" | "session_ended" | "token_expired" | "unauthenticated";
                };
            };
        };
        /** @description The key's owner is gone (`key_owner_gone`); The session has ended (`session_ended`); Sign in afresh (`step_up_required`); The access token has expired (`token_expired`); Sign in first (`unauthenticated`). */
        "401.key_owner_gone.session_ended.step_up_required.token_expired.unauthenticated.limited": {
            headers: {
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                "X-Request-ID": components["headers"]["X-Request-ID"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "details": {
                 *         "code": "key_owner_gone",
                 *         "detail": "The key's owner is gone",
                 *         "errors": [],
                 *         "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "retryable": false,
                 *         "status": 401,
                 *         "title": "The key's owner is gone",
                 *         "type": "/problems/key_owner_gone"
                 *       },
                 *       "msg": "The key's owner is gone",
                 *       "status": false
                 *     }
                 */
                "application/json": components["schemas"]["ErrorEnvelope"] & {
                    details?: {
                        /** @enum {unknown} */
                        code?: "key_owner_gone" | "session_ended" | "step_up_required" | "token_expired" | "unauthenticated";
                    };
                };
                /**
                 * @example {
                 *       "code": "key_owner_gone",
                 *       "detail": "The key's owner is gone",
                 *       "errors": [],
                 *       "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "retryable": false,
                 *       "status": 401,
                 *       "title": "The key's owner is gone",
                 *       "type": "/problems/key_owner_gone"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "key_owner_gone" | "session_ended" | "step_up_required" | "token_expired" | "unauthenticated";
                };
            };
        };
        /** @description The key's owner is gone (`key_owner_gone`); The session has ended (`session_ended`); The access token has expired (`token_expired`); Sign in first (`unauthenticated`). */
        "401.key_owner_gone.session_ended.token_expired.unauthenticated.limited": {
            headers: {
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                "X-Request-ID": components["headers"]["X-Request-ID"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "details": {
                 *         "code": "key_owner_gone",
                 *         "detail": "The key's owner is gone",
                 *         "errors": [],
                 *         "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "retryable": false,
                 *         "status": 401,
                 *         "title": "The key's owner is gone",
                 *         "type": "/problems/key_owner_gone"
                 *       },
                 *       "msg": "The key's owner is gone",
                 *       "status": false
                 *     }
                 */
                "application/json": components["schemas"]["ErrorEnvelope"] & {
                    details?: {
                        /** @enum {unknown} */
                        code?: "key_owner_gone" | "session_ended" | "token_expired" | "unauthenticated";
                    };
                };
                /**
                 * @example {
                 *       "code": "key_owner_gone",
                 *       "detail": "The key's owner is gone",
                 *       "errors": [],
                 *       "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "retryable": false,
                 *       "status": 401,
                 *       "title": "The key's owner is gone",
                 *       "type": "/problems/key_owner_gone"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "key_owner_gone" | "session_ended" | "token_expired" | "unauthenticated";
                };
            };
        };
        /** @description The code does not work (`mfa_code_invalid`); Sign in again (`mfa_token_invalid`). */
        "401.mfa_code_invalid.mfa_token_invalid.limited": {
            headers: {
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                "X-Request-ID": components["headers"]["X-Request-ID"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "details": {
                 *         "code": "mfa_code_invalid",
                 *         "detail": "The code does not work",
                 *         "errors": [],
                 *         "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "retryable": false,
                 *         "status": 401,
                 *         "title": "The code does not work",
                 *         "type": "/problems/mfa_code_invalid"
                 *       },
                 *       "msg": "The code does not work",
                 *       "status": false
                 *     }
                 */
                "application/json": components["schemas"]["ErrorEnvelope"] & {
                    details?: {
                        /** @enum {unknown} */
                        code?: "mfa_code_invalid" | "mfa_token_invalid";
                    };
                };
                /**
                 * @example {
                 *       "code": "mfa_code_invalid",
                 *       "detail": "The code does not work",
                 *       "errors": [],
                 *       "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "retryable": false,
                 *       "status": 401,
                 *       "title": "The code does not work",
                 *       "type": "/problems/mfa_code_invalid"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "mfa_code_invalid" | "mfa_token_invalid";
                };
            };
        };
        /** @description The session has ended (`session_ended`); The access token has expired (`token_expired`); Sign in first (`unauthenticated`). */
        "401.session_ended.token_expired.unauthenticated": {
            headers: {
                "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                "X-Request-ID": components["headers"]["X-Request-ID"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "details": {
                 *         "code": "session_ended",
                 *         "detail": "The session has ended",
                 *         "errors": [],
                 *         "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "retryable": false,
                 *         "status": 401,
                 *         "title": "The session has ended",
                 *         "type": "/problems/session_ended"
                 *       },
                 *       "msg": "The session has ended",
                 *       "status": false
                 *     }
                 */
                "application/json": components["schemas"]["ErrorEnvelope"] & {
                    details?: {
                        /** @enum {unknown} */
                        code?: "session_ended" | "token_expired" | "unauthenticated";
                    };
                };
                /**
                 * @example {
                 *       "code": "session_ended",
                 *       "detail": "The session has ended",
                 *       "errors": [],
                 *       "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "retryable": false,
                 *       "status": 401,
                 *       "title": "The session has ended",
                 *       "type": "/problems/session_ended"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "session_ended" | "token_expired" | "unauthenticated";
                };
            };
        };
        /** @description The session has ended (`session_ended`); Sign in first (`unauthenticated`). */
        "401.session_ended.unauthenticated.limited": {
            headers: {
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                "X-Request-ID": components["headers"]["X-Request-ID"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "details": {
                 *         "code": "session_ended",
                 *         "detail": "The session has ended",
                 *         "errors": [],
                 *         "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "retryable": false,
                 *         "status": 401,
                 *         "title": "The session has ended",
                 *         "type": "/problems/session_ended"
                 *       },
                 *       "msg": "The session has ended",
                 *       "status": false
                 *     }
                 */
                "application/json": components["schemas"]["ErrorEnvelope"] & {
                    details?: {
                        /** @enum {unknown} */
                        code?: "session_ended" | "unauthenticated";
                    };
                };
                /**
                 * @example {
                 *       "code": "session_ended",
                 *       "detail": "The session has ended",
                 *       "errors": [],
                 *       "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "retryable": false,
                 *       "status": 401,
                 *       "title": "The session has ended",
                 *       "type": "/problems/session_ended"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "session_ended" | "unauthenticated";
                };
            };
        };
        /** @description The message is not signed as it should be (`webhook_refused`). */
        "401.webhook_refused": {
            headers: {
                "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                "X-Request-ID": components["headers"]["X-Request-ID"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "details": {
                 *         "code": "webhook_refused",
                 *         "detail": "The message is not signed as it should be",
                 *         "errors": [],
                 *         "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "retryable": false,
                 *         "status": 401,
                 *         "title": "The message is not signed as it should be",
                 *         "type": "/problems/webhook_refused"
                 *       },
                 *       "msg": "The message is not signed as it should be",
                 *       "status": false
                 *     }
                 */
                "application/json": components["schemas"]["ErrorEnvelope"] & {
                    details?: {
                        /** @enum {unknown} */
                        code?: "webhook_refused";
                    };
                };
                /**
                 * @example {
                 *       "code": "webhook_refused",
                 *       "detail": "The message is not signed as it should be",
                 *       "errors": [],
                 *       "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "retryable": false,
                 *       "status": 401,
                 *       "title": "The message is not signed as it should be",
                 *       "type": "/problems/webhook_refused"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "webhook_refused";
                };
            };
        };
        /** @description CSRF check failed (`csrf_failed`). */
        "403.csrf_failed": {
            headers: {
                "X-Request-ID": components["headers"]["X-Request-ID"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "details": {
                 *         "code": "csrf_failed",
                 *         "detail": "CSRF check failed",
                 *         "errors": [],
                 *         "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "retryable": false,
                 *         "status": 403,
                 *         "title": "CSRF check failed",
                 *         "type": "/problems/csrf_failed"
                 *       },
                 *       "msg": "CSRF check failed",
                 *       "status": false
                 *     }
                 */
                "application/json": components["schemas"]["ErrorEnvelope"] & {
                    details?: {
                        /** @enum {unknown} */
                        code?: "csrf_failed";
                    };
                };
                /**
                 * @example {
                 *       "code": "csrf_failed",
                 *       "detail": "CSRF check failed",
                 *       "errors": [],
                 *       "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "retryable": false,
                 *       "status": 403,
                 *       "title": "CSRF check failed",
                 *       "type": "/problems/csrf_failed"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "csrf_failed";
                };
            };
        };
        /** @description CSRF check failed (`csrf_failed`). */
        "403.csrf_failed.limited": {
            headers: {
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "X-Request-ID": components["headers"]["X-Request-ID"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "details": {
                 *         "code": "csrf_failed",
                 *         "detail": "CSRF check failed",
                 *         "errors": [],
                 *         "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "retryable": false,
                 *         "status": 403,
                 *         "title": "CSRF check failed",
                 *         "type": "/problems/csrf_failed"
                 *       },
                 *       "msg": "CSRF check failed",
                 *       "status": false
                 *     }
                 */
                "application/json": components["schemas"]["ErrorEnvelope"] & {
                    details?: {
                        /** @enum {unknown} */
                        code?: "csrf_failed";
                    };
                };
                /**
                 * @example {
                 *       "code": "csrf_failed",
                 *       "detail": "CSRF check failed",
                 *       "errors": [],
                 *       "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "retryable": false,
                 *       "status": 403,
                 *       "title": "CSRF check failed",
                 *       "type": "/problems/csrf_failed"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "csrf_failed";
                };
            };
        };
        /** @description Not in the plan (`feature_not_in_plan`); A second factor is required (`mfa_enrollment_required`); Permission denied (`permission_denied`); The tenant is suspended (`tenant_suspended`). */
        "403.feature_not_in_plan.mfa_enrollment_required.permission_denied.tenant_suspended.limited": {
            headers: {
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "X-Request-ID": components["headers"]["X-Request-ID"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "details": {
                 *         "code": "feature_not_in_plan",
                 *         "detail": "Not in the plan",
                 *         "errors": [],
                 *         "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "retryable": false,
                 *         "status": 403,
                 *         "title": "Not in the plan",
                 *         "type": "/problems/feature_not_in_plan"
                 *       },
                 *       "msg": "Not in the plan",
                 *       "status": false
                 *     }
                 */
                "application/json": components["schemas"]["ErrorEnvelope"] & {
                    details?: {
                        /** @enum {unknown} */
                        code?: "feature_not_in_plan" | "mfa_enrollment_required" | "permission_denied" | "tenant_suspended";
                    };
                };
                /**
                 * @example {
                 *       "code": "feature_not_in_plan",
                 *       "detail": "Not in the plan",
                 *       "errors": [],
                 *       "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "retryable": false,
                 *       "status": 403,
                 *       "title": "Not in the plan",
                 *       "type": "/problems/feature_not_in_plan"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "feature_not_in_plan" | "mfa_enrollment_required" | "permission_denied" | "tenant_suspended";
                };
            };
        };
        /** @description Not while acting as somebody else (`impersonation_refused`); The invitation is for somebody else (`invitation_for_another`); Only a person may do this (`person_required`); The tenant is suspended (`tenant_suspended`). */
        "403.impersonation_refused.invitation_for_another.person_required.tenant_suspended.limited": {
            headers: {
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "X-Request-ID": components["headers"]["X-Request-ID"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "details": {
                 *         "code": "impersonation_refused",
                 *         "detail": "Not while acting as somebody else",
                 *         "errors": [],
                 *         "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "retryable": false,
                 *         "status": 403,
                 *         "title": "Not while acting as somebody else",
                 *         "type": "/problems/impersonation_refused"
                 *       },
                 *       "msg": "Not while acting as somebody else",
                 *       "status": false
                 *     }
                 */
                "application/json": components["schemas"]["ErrorEnvelope"] & {
                    details?: {
                        /** @enum {unknown} */
                        code?: "impersonation_refused" | "invitation_for_another" | "person_required" | "tenant_suspended";
                    };
                };
                /**
                 * @example {
                 *       "code": "impersonation_refused",
                 *       "detail": "Not while acting as somebody else",
                 *       "errors": [],
                 *       "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "retryable": false,
                 *       "status": 403,
                 *       "title": "Not while acting as somebody else",
                 *       "type": "/problems/impersonation_refused"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "impersonation_refused" | "invitation_for_another" | "person_required" | "tenant_suspended";
                };
            };
        };
        /** @description Not while acting as somebody else (`impersonation_refused`); A second factor is required (`mfa_enrollment_required`); Permission denied (`permission_denied`); Only a person may do this (`person_required`); The tenant is suspended (`tenant_suspended`). */
        "403.impersonation_refused.mfa_enrollment_required.permission_denied.person_required.tenant_suspended.limited": {
            headers: {
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "X-Request-ID": components["headers"]["X-Request-ID"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "details": {
                 *         "code": "impersonation_refused",
                 *         "detail": "Not while acting as somebody else",
                 *         "errors": [],
                 *         "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "retryable": false,
                 *         "status": 403,
                 *         "title": "Not while acting as somebody else",
                 *         "type": "/problems/impersonation_refused"
                 *       },
                 *       "msg": "Not while acting as somebody else",
                 *       "status": false
                 *     }
                 */
                "application/json": components["schemas"]["ErrorEnvelope"] & {
                    details?: {
                        /** @enum {unknown} */
                        code?: "impersonation_refused" | "mfa_enrollment_required" | "permission_denied" | "person_required" | "tenant_suspended";
                    };
                };
                /**
                 * @example {
                 *       "code": "impersonation_refused",
                 *       "detail": "Not while acting as somebody else",
                 *       "errors": [],
                 *       "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "retryable": false,
                 *       "status": 403,
                 *       "title": "Not while acting as somebody else",
                 *       "type": "/problems/impersonation_refused"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "impersonation_refused" | "mfa_enrollment_required" | "permission_denied" | "person_required" | "tenant_suspended";
                };
            };
        };
        /** @description Not while acting as somebody else (`impersonation_refused`); A second factor is required (`mfa_enrollment_required`); Permission denied (`permission_denied`); The tenant is suspended (`tenant_suspended`). */
        "403.impersonation_refused.mfa_enrollment_required.permission_denied.tenant_suspended.limited": {
            headers: {
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "X-Request-ID": components["headers"]["X-Request-ID"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "details": {
                 *         "code": "impersonation_refused",
                 *         "detail": "Not while acting as somebody else",
                 *         "errors": [],
                 *         "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "retryable": false,
                 *         "status": 403,
                 *         "title": "Not while acting as somebody else",
                 *         "type": "/problems/impersonation_refused"
                 *       },
                 *       "msg": "Not while acting as somebody else",
                 *       "status": false
                 *     }
                 */
                "application/json": components["schemas"]["ErrorEnvelope"] & {
                    details?: {
                        /** @enum {unknown} */
                        code?: "impersonation_refused" | "mfa_enrollment_required" | "permission_denied" | "tenant_suspended";
                    };
                };
                /**
                 * @example {
                 *       "code": "impersonation_refused",
                 *       "detail": "Not while acting as somebody else",
                 *       "errors": [],
                 *       "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "retryable": false,
                 *       "status": 403,
                 *       "title": "Not while acting as somebody else",
                 *       "type": "/problems/impersonation_refused"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "impersonation_refused" | "mfa_enrollment_required" | "permission_denied" | "tenant_suspended";
                };
            };
        };
        /** @description Not while acting as somebody else (`impersonation_refused`); Only a person may do this (`person_required`); The tenant is suspended (`tenant_suspended`). */
        "403.impersonation_refused.person_required.tenant_suspended.limited": {
            headers: {
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "X-Request-ID": components["headers"]["X-Request-ID"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "details": {
                 *         "code": "impersonation_refused",
                 *         "detail": "Not while acting as somebody else",
                 *         "errors": [],
                 *         "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "retryable": false,
                 *         "status": 403,
                 *         "title": "Not while acting as somebody else",
                 *         "type": "/problems/impersonation_refused"
                 *       },
                 *       "msg": "Not while acting as somebody else",
                 *       "status": false
                 *     }
                 */
                "application/json": components["schemas"]["ErrorEnvelope"] & {
                    details?: {
                        /** @enum {unknown} */
                        code?: "impersonation_refused" | "person_required" | "tenant_suspended";
                    };
                };
                /**
                 * @example {
                 *       "code": "impersonation_refused",
                 *       "detail": "Not while acting as somebody else",
                 *       "errors": [],
                 *       "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "retryable": false,
                 *       "status": 403,
                 *       "title": "Not while acting as somebody else",
                 *       "type": "/problems/impersonation_refused"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "impersonation_refused" | "person_required" | "tenant_suspended";
                };
            };
        };
        /** @description A second factor is required (`mfa_enrollment_required`); Permission denied (`permission_denied`); Only a person may do this (`person_required`); The tenant is suspended (`tenant_suspended`). */
        "403.mfa_enrollment_required.permission_denied.person_required.tenant_suspended.limited": {
            headers: {
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "X-Request-ID": components["headers"]["X-Request-ID"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "details": {
                 *         "code": "mfa_enrollment_required",
                 *         "detail": "A second factor is required",
                 *         "errors": [],
                 *         "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "retryable": false,
                 *         "status": 403,
                 *         "title": "A second factor is required",
                 *         "type": "/problems/mfa_enrollment_required"
                 *       },
                 *       "msg": "A second factor is required",
                 *       "status": false
                 *     }
                 */
                "application/json": components["schemas"]["ErrorEnvelope"] & {
                    details?: {
                        /** @enum {unknown} */
                        code?: "mfa_enrollment_required" | "permission_denied" | "person_required" | "tenant_suspended";
                    };
                };
                /**
                 * @example {
                 *       "code": "mfa_enrollment_required",
                 *       "detail": "A second factor is required",
                 *       "errors": [],
                 *       "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "retryable": false,
                 *       "status": 403,
                 *       "title": "A second factor is required",
                 *       "type": "/problems/mfa_enrollment_required"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "mfa_enrollment_required" | "permission_denied" | "person_required" | "tenant_suspended";
                };
            };
        };
        /** @description A second factor is required (`mfa_enrollment_required`); Permission denied (`permission_denied`); The tenant is suspended (`tenant_suspended`). */
        "403.mfa_enrollment_required.permission_denied.tenant_suspended.limited": {
            headers: {
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "X-Request-ID": components["headers"]["X-Request-ID"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "details": {
                 *         "code": "mfa_enrollment_required",
                 *         "detail": "A second factor is required",
                 *         "errors": [],
                 *         "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "retryable": false,
                 *         "status": 403,
                 *         "title": "A second factor is required",
                 *         "type": "/problems/mfa_enrollment_required"
                 *       },
                 *       "msg": "A second factor is required",
                 *       "status": false
                 *     }
                 */
                "application/json": components["schemas"]["ErrorEnvelope"] & {
                    details?: {
                        /** @enum {unknown} */
                        code?: "mfa_enrollment_required" | "permission_denied" | "tenant_suspended";
                    };
                };
                /**
                 * @example {
                 *       "code": "mfa_enrollment_required",
                 *       "detail": "A second factor is required",
                 *       "errors": [],
                 *       "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "retryable": false,
                 *       "status": 403,
                 *       "title": "A second factor is required",
                 *       "type": "/problems/mfa_enrollment_required"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "mfa_enrollment_required" | "permission_denied" | "tenant_suspended";
                };
            };
        };
        /** @description A second factor is required (`mfa_enrollment_required`); Only a person may do this (`person_required`); The tenant is suspended (`tenant_suspended`). */
        "403.mfa_enrollment_required.person_required.tenant_suspended.limited": {
            headers: {
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "X-Request-ID": components["headers"]["X-Request-ID"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "details": {
                 *         "code": "mfa_enrollment_required",
                 *         "detail": "A second factor is required",
                 *         "errors": [],
                 *         "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "retryable": false,
                 *         "status": 403,
                 *         "title": "A second factor is required",
                 *         "type": "/problems/mfa_enrollment_required"
                 *       },
                 *       "msg": "A second factor is required",
                 *       "status": false
                 *     }
                 */
                "application/json": components["schemas"]["ErrorEnvelope"] & {
                    details?: {
                        /** @enum {unknown} */
                        code?: "mfa_enrollment_required" | "person_required" | "tenant_suspended";
                    };
                };
                /**
                 * @example {
                 *       "code": "mfa_enrollment_required",
                 *       "detail": "A second factor is required",
                 *       "errors": [],
                 *       "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "retryable": false,
                 *       "status": 403,
                 *       "title": "A second factor is required",
                 *       "type": "/problems/mfa_enrollment_required"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "mfa_enrollment_required" | "person_required" | "tenant_suspended";
                };
            };
        };
        /** @description Only a person may do this (`person_required`); The tenant is suspended (`tenant_suspended`). */
        "403.person_required.tenant_suspended.limited": {
            headers: {
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "X-Request-ID": components["headers"]["X-Request-ID"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "details": {
                 *         "code": "person_required",
                 *         "detail": "Only a person may do this",
                 *         "errors": [],
                 *         "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "retryable": false,
                 *         "status": 403,
                 *         "title": "Only a person may do this",
                 *         "type": "/problems/person_required"
                 *       },
                 *       "msg": "Only a person may do this",
                 *       "status": false
                 *     }
                 */
                "application/json": components["schemas"]["ErrorEnvelope"] & {
                    details?: {
                        /** @enum {unknown} */
                        code?: "person_required" | "tenant_suspended";
                    };
                };
                /**
                 * @example {
                 *       "code": "person_required",
                 *       "detail": "Only a person may do this",
                 *       "errors": [],
                 *       "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "retryable": false,
                 *       "status": 403,
                 *       "title": "Only a person may do this",
                 *       "type": "/problems/person_required"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "person_required" | "tenant_suspended";
                };
            };
        };
        /** @description Not found (`not_found`). */
        "404.not_found": {
            headers: {
                "X-Request-ID": components["headers"]["X-Request-ID"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "details": {
                 *         "code": "not_found",
                 *         "detail": "Not found",
                 *         "errors": [],
                 *         "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "retryable": false,
                 *         "status": 404,
                 *         "title": "Not found",
                 *         "type": "/problems/not_found"
                 *       },
                 *       "msg": "Not found",
                 *       "status": false
                 *     }
                 */
                "application/json": components["schemas"]["ErrorEnvelope"] & {
                    details?: {
                        /** @enum {unknown} */
                        code?: "not_found";
                    };
                };
                /**
                 * @example {
                 *       "code": "not_found",
                 *       "detail": "Not found",
                 *       "errors": [],
                 *       "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "retryable": false,
                 *       "status": 404,
                 *       "title": "Not found",
                 *       "type": "/problems/not_found"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "not_found";
                };
            };
        };
        /** @description Not found (`not_found`). */
        "404.not_found.limited": {
            headers: {
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "X-Request-ID": components["headers"]["X-Request-ID"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "details": {
                 *         "code": "not_found",
                 *         "detail": "Not found",
                 *         "errors": [],
                 *         "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "retryable": false,
                 *         "status": 404,
                 *         "title": "Not found",
                 *         "type": "/problems/not_found"
                 *       },
                 *       "msg": "Not found",
                 *       "status": false
                 *     }
                 */
                "application/json": components["schemas"]["ErrorEnvelope"] & {
                    details?: {
                        /** @enum {unknown} */
                        code?: "not_found";
                    };
                };
                /**
                 * @example {
                 *       "code": "not_found",
                 *       "detail": "Not found",
                 *       "errors": [],
                 *       "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "retryable": false,
                 *       "status": 404,
                 *       "title": "Not found",
                 *       "type": "/problems/not_found"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "not_found";
                };
            };
        };
        /** @description Not found (`not_found`); Tenant not found (`tenant_not_found`). */
        "404.not_found.tenant_not_found.limited": {
            headers: {
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "X-Request-ID": components["headers"]["X-Request-ID"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "details": {
                 *         "code": "not_found",
                 *         "detail": "Not found",
                 *         "errors": [],
                 *         "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "retryable": false,
                 *         "status": 404,
                 *         "title": "Not found",
                 *         "type": "/problems/not_found"
                 *       },
                 *       "msg": "Not found",
                 *       "status": false
                 *     }
                 */
                "application/json": components["schemas"]["ErrorEnvelope"] & {
                    details?: {
                        /** @enum {unknown} */
                        code?: "not_found" | "tenant_not_found";
                    };
                };
                /**
                 * @example {
                 *       "code": "not_found",
                 *       "detail": "Not found",
                 *       "errors": [],
                 *       "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "retryable": false,
                 *       "status": 404,
                 *       "title": "Not found",
                 *       "type": "/problems/not_found"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "not_found" | "tenant_not_found";
                };
            };
        };
        /** @description Tenant not found (`tenant_not_found`). */
        "404.tenant_not_found.limited": {
            headers: {
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "X-Request-ID": components["headers"]["X-Request-ID"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "details": {
                 *         "code": "tenant_not_found",
                 *         "detail": "Tenant not found",
                 *         "errors": [],
                 *         "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "retryable": false,
                 *         "status": 404,
                 *         "title": "Tenant not found",
                 *         "type": "/problems/tenant_not_found"
                 *       },
                 *       "msg": "Tenant not found",
                 *       "status": false
                 *     }
                 */
                "application/json": components["schemas"]["ErrorEnvelope"] & {
                    details?: {
                        /** @enum {unknown} */
                        code?: "tenant_not_found";
                    };
                };
                /**
                 * @example {
                 *       "code": "tenant_not_found",
                 *       "detail": "Tenant not found",
                 *       "errors": [],
                 *       "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "retryable": false,
                 *       "status": 404,
                 *       "title": "Tenant not found",
                 *       "type": "/problems/tenant_not_found"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "tenant_not_found";
                };
            };
        };
        /** @description The body came too slowly (`request_timeout`). */
        "408.request_timeout": {
            headers: {
                "X-Request-ID": components["headers"]["X-Request-ID"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "details": {
                 *         "code": "request_timeout",
                 *         "detail": "The body came too slowly",
                 *         "errors": [],
                 *         "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "retryable": true,
                 *         "status": 408,
                 *         "title": "The body came too slowly",
                 *         "type": "/problems/request_timeout"
                 *       },
                 *       "msg": "The body came too slowly",
                 *       "status": false
                 *     }
                 */
                "application/json": components["schemas"]["ErrorEnvelope"] & {
                    details?: {
                        /** @enum {unknown} */
                        code?: "request_timeout";
                    };
                };
                /**
                 * @example {
                 *       "code": "request_timeout",
                 *       "detail": "The body came too slowly",
                 *       "errors": [],
                 *       "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "retryable": true,
                 *       "status": 408,
                 *       "title": "The body came too slowly",
                 *       "type": "/problems/request_timeout"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "request_timeout";
                };
            };
        };
        /** @description The body came too slowly (`request_timeout`). */
        "408.request_timeout.limited": {
            headers: {
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "X-Request-ID": components["headers"]["X-Request-ID"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "details": {
                 *         "code": "request_timeout",
                 *         "detail": "The body came too slowly",
                 *         "errors": [],
                 *         "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "retryable": true,
                 *         "status": 408,
                 *         "title": "The body came too slowly",
                 *         "type": "/problems/request_timeout"
                 *       },
                 *       "msg": "The body came too slowly",
                 *       "status": false
                 *     }
                 */
                "application/json": components["schemas"]["ErrorEnvelope"] & {
                    details?: {
                        /** @enum {unknown} */
                        code?: "request_timeout";
                    };
                };
                /**
                 * @example {
                 *       "code": "request_timeout",
                 *       "detail": "The body came too slowly",
                 *       "errors": [],
                 *       "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "retryable": true,
                 *       "status": 408,
                 *       "title": "The body came too slowly",
                 *       "type": "/problems/request_timeout"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "request_timeout";
                };
            };
        };
        /** @description Already a member (`already_member`); Conflict (`conflict`); The same request is being answered (`idempotency_in_progress`); Already invited (`invitation_pending`). */
        "409.already_member.conflict.idempotency_in_progress.invitation_pending.limited": {
            headers: {
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "Retry-After": components["headers"]["Retry-After-Some"];
                "X-Request-ID": components["headers"]["X-Request-ID"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "details": {
                 *         "code": "already_member",
                 *         "detail": "Already a member",
                 *         "errors": [],
                 *         "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "retryable": false,
                 *         "status": 409,
                 *         "title": "Already a member",
                 *         "type": "/problems/already_member"
                 *       },
                 *       "msg": "Already a member",
                 *       "status": false
                 *     }
                 */
                "application/json": components["schemas"]["ErrorEnvelope"] & {
                    details?: {
                        /** @enum {unknown} */
                        code?: "already_member" | "conflict" | "idempotency_in_progress" | "invitation_pending";
                    };
                };
                /**
                 * @example {
                 *       "code": "already_member",
                 *       "detail": "Already a member",
                 *       "errors": [],
                 *       "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "retryable": false,
                 *       "status": 409,
                 *       "title": "Already a member",
                 *       "type": "/problems/already_member"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "already_member" | "conflict" | "idempotency_in_progress" | "invitation_pending";
                };
            };
        };
        /** @description Already a member (`already_member`); Conflict (`conflict`); Sign in first (`sign_in_first`); Owner of too many tenants (`too_many_tenants`). */
        "409.already_member.conflict.sign_in_first.too_many_tenants.limited": {
            headers: {
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "Retry-After": components["headers"]["Retry-After-Some"];
                "X-Request-ID": components["headers"]["X-Request-ID"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "details": {
                 *         "code": "already_member",
                 *         "detail": "Already a member",
                 *         "errors": [],
                 *         "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "retryable": false,
                 *         "status": 409,
                 *         "title": "Already a member",
                 *         "type": "/problems/already_member"
                 *       },
                 *       "msg": "Already a member",
                 *       "status": false
                 *     }
                 */
                "application/json": components["schemas"]["ErrorEnvelope"] & {
                    details?: {
                        /** @enum {unknown} */
                        code?: "already_member" | "conflict" | "sign_in_first" | "too_many_tenants";
                    };
                };
                /**
                 * @example {
                 *       "code": "already_member",
                 *       "detail": "Already a member",
                 *       "errors": [],
                 *       "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "retryable": false,
                 *       "status": 409,
                 *       "title": "Already a member",
                 *       "type": "/problems/already_member"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "already_member" | "conflict" | "sign_in_first" | "too_many_tenants";
                };
            };
        };
        /** @description The amount is too large (`amount_too_large`); The cart is full (`cart_full`); Conflict (`conflict`); An order has one currency (`currency_mixed`); The same request is being answered (`idempotency_in_progress`); Not for sale (`product_not_for_sale`). */
        "409.amount_too_large.cart_full.conflict.currency_mixed.idempotency_in_progress.product_not_for_sale.limited": {
            headers: {
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "Retry-After": components["headers"]["Retry-After-Some"];
                "X-Request-ID": components["headers"]["X-Request-ID"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "details": {
                 *         "code": "amount_too_large",
                 *         "detail": "The amount is too large",
                 *         "errors": [],
                 *         "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "retryable": false,
                 *         "status": 409,
                 *         "title": "The amount is too large",
                 *         "type": "/problems/amount_too_large"
                 *       },
                 *       "msg": "The amount is too large",
                 *       "status": false
                 *     }
                 */
                "application/json": components["schemas"]["ErrorEnvelope"] & {
                    details?: {
                        /** @enum {unknown} */
                        code?: "amount_too_large" | "cart_full" | "conflict" | "currency_mixed" | "idempotency_in_progress" | "product_not_for_sale";
                    };
                };
                /**
                 * @example {
                 *       "code": "amount_too_large",
                 *       "detail": "The amount is too large",
                 *       "errors": [],
                 *       "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "retryable": false,
                 *       "status": 409,
                 *       "title": "The amount is too large",
                 *       "type": "/problems/amount_too_large"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "amount_too_large" | "cart_full" | "conflict" | "currency_mixed" | "idempotency_in_progress" | "product_not_for_sale";
                };
            };
        };
        /** @description The amount is too large (`amount_too_large`); Conflict (`conflict`); The same request is being answered (`idempotency_in_progress`). */
        "409.amount_too_large.conflict.idempotency_in_progress.limited": {
            headers: {
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "Retry-After": components["headers"]["Retry-After-Some"];
                "X-Request-ID": components["headers"]["X-Request-ID"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "details": {
                 *         "code": "amount_too_large",
                 *         "detail": "The amount is too large",
                 *         "errors": [],
                 *         "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "retryable": false,
                 *         "status": 409,
                 *         "title": "The amount is too large",
                 *         "type": "/problems/amount_too_large"
                 *       },
                 *       "msg": "The amount is too large",
                 *       "status": false
                 *     }
                 */
                "application/json": components["schemas"]["ErrorEnvelope"] & {
                    details?: {
                        /** @enum {unknown} */
                        code?: "amount_too_large" | "conflict" | "idempotency_in_progress";
                    };
                };
                /**
                 * @example {
                 *       "code": "amount_too_large",
                 *       "detail": "The amount is too large",
                 *       "errors": [],
                 *       "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "retryable": false,
                 *       "status": 409,
                 *       "title": "The amount is too large",
                 *       "type": "/problems/amount_too_large"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "amount_too_large" | "conflict" | "idempotency_in_progress";
                };
            };
        };
        /** @description The amount is too large (`amount_too_large`); Conflict (`conflict`); The same request is being answered (`idempotency_in_progress`); Not for sale (`product_not_for_sale`). */
        "409.amount_too_large.conflict.idempotency_in_progress.product_not_for_sale.limited": {
            headers: {
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "Retry-After": components["headers"]["Retry-After-Some"];
                "X-Request-ID": components["headers"]["X-Request-ID"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "details": {
                 *         "code": "amount_too_large",
                 *         "detail": "The amount is too large",
                 *         "errors": [],
                 *         "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "retryable": false,
                 *         "status": 409,
                 *         "title": "The amount is too large",
                 *         "type": "/problems/amount_too_large"
                 *       },
                 *       "msg": "The amount is too large",
                 *       "status": false
                 *     }
                 */
                "application/json": components["schemas"]["ErrorEnvelope"] & {
                    details?: {
                        /** @enum {unknown} */
                        code?: "amount_too_large" | "conflict" | "idempotency_in_progress" | "product_not_for_sale";
                    };
                };
                /**
                 * @example {
                 *       "code": "amount_too_large",
                 *       "detail": "The amount is too large",
                 *       "errors": [],
                 *       "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "retryable": false,
                 *       "status": 409,
                 *       "title": "The amount is too large",
                 *       "type": "/problems/amount_too_large"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "amount_too_large" | "conflict" | "idempotency_in_progress" | "product_not_for_sale";
                };
            };
        };
        /** @description The key was revoked (`api_key_revoked`); Conflict (`conflict`); The same request is being answered (`idempotency_in_progress`); Done before, and its secret is shown once (`idempotency_key_used`). */
        "409.api_key_revoked.conflict.idempotency_in_progress.idempotency_key_used.limited": {
            headers: {
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "Retry-After": components["headers"]["Retry-After-Some"];
                "X-Request-ID": components["headers"]["X-Request-ID"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "details": {
                 *         "code": "api_key_revoked",
                 *         "detail": "The key was revoked",
                 *         "errors": [],
                 *         "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "retryable": false,
                 *         "status": 409,
                 *         "title": "The key was revoked",
                 *         "type": "/problems/api_key_revoked"
                 *       },
                 *       "msg": "The key was revoked",
                 *       "status": false
                 *     }
                 */
                "application/json": components["schemas"]["ErrorEnvelope"] & {
                    details?: {
                        /** @enum {unknown} */
                        code?: "api_key_revoked" | "conflict" | "idempotency_in_progress" | "idempotency_key_used";
                    };
                };
                /**
                 * @example {
                 *       "code": "api_key_revoked",
                 *       "detail": "The key was revoked",
                 *       "errors": [],
                 *       "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "retryable": false,
                 *       "status": 409,
                 *       "title": "The key was revoked",
                 *       "type": "/problems/api_key_revoked"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "api_key_revoked" | "conflict" | "idempotency_in_progress" | "idempotency_key_used";
                };
            };
        };
        /** @description The key was revoked (`api_key_revoked`); Conflict (`conflict`); The same request is being answered (`idempotency_in_progress`). */
        "409.api_key_revoked.conflict.idempotency_in_progress.limited": {
            headers: {
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "Retry-After": components["headers"]["Retry-After-Some"];
                "X-Request-ID": components["headers"]["X-Request-ID"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "details": {
                 *         "code": "api_key_revoked",
                 *         "detail": "The key was revoked",
                 *         "errors": [],
                 *         "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "retryable": false,
                 *         "status": 409,
                 *         "title": "The key was revoked",
                 *         "type": "/problems/api_key_revoked"
                 *       },
                 *       "msg": "The key was revoked",
                 *       "status": false
                 *     }
                 */
                "application/json": components["schemas"]["ErrorEnvelope"] & {
                    details?: {
                        /** @enum {unknown} */
                        code?: "api_key_revoked" | "conflict" | "idempotency_in_progress";
                    };
                };
                /**
                 * @example {
                 *       "code": "api_key_revoked",
                 *       "detail": "The key was revoked",
                 *       "errors": [],
                 *       "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "retryable": false,
                 *       "status": 409,
                 *       "title": "The key was revoked",
                 *       "type": "/problems/api_key_revoked"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "api_key_revoked" | "conflict" | "idempotency_in_progress";
                };
            };
        };
        /** @description The key was revoked (`api_key_revoked`); Conflict (`conflict`). */
        "409.api_key_revoked.conflict.limited": {
            headers: {
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "Retry-After": components["headers"]["Retry-After-Some"];
                "X-Request-ID": components["headers"]["X-Request-ID"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "details": {
                 *         "code": "api_key_revoked",
                 *         "detail": "The key was revoked",
                 *         "errors": [],
                 *         "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "retryable": false,
                 *         "status": 409,
                 *         "title": "The key was revoked",
                 *         "type": "/problems/api_key_revoked"
                 *       },
                 *       "msg": "The key was revoked",
                 *       "status": false
                 *     }
                 */
                "application/json": components["schemas"]["ErrorEnvelope"] & {
                    details?: {
                        /** @enum {unknown} */
                        code?: "api_key_revoked" | "conflict";
                    };
                };
                /**
                 * @example {
                 *       "code": "api_key_revoked",
                 *       "detail": "The key was revoked",
                 *       "errors": [],
                 *       "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "retryable": false,
                 *       "status": 409,
                 *       "title": "The key was revoked",
                 *       "type": "/problems/api_key_revoked"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "api_key_revoked" | "conflict";
                };
            };
        };
        /** @description There is no carrier (`carrier_missing`); Conflict (`conflict`); The same request is being answered (`idempotency_in_progress`); The shipment cannot do that now (`shipment_move_refused`); Too many unfinished tasks (`too_many_tasks`). */
        "409.carrier_missing.conflict.idempotency_in_progress.shipment_move_refused.too_many_tasks.limited": {
            headers: {
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "Retry-After": components["headers"]["Retry-After-Some"];
                "X-Request-ID": components["headers"]["X-Request-ID"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "details": {
                 *         "code": "carrier_missing",
                 *         "detail": "There is no carrier",
                 *         "errors": [],
                 *         "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "retryable": false,
                 *         "status": 409,
                 *         "title": "There is no carrier",
                 *         "type": "/problems/carrier_missing"
                 *       },
                 *       "msg": "There is no carrier",
                 *       "status": false
                 *     }
                 */
                "application/json": components["schemas"]["ErrorEnvelope"] & {
                    details?: {
                        /** @enum {unknown} */
                        code?: "carrier_missing" | "conflict" | "idempotency_in_progress" | "shipment_move_refused" | "too_many_tasks";
                    };
                };
                /**
                 * @example {
                 *       "code": "carrier_missing",
                 *       "detail": "There is no carrier",
                 *       "errors": [],
                 *       "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "retryable": false,
                 *       "status": 409,
                 *       "title": "There is no carrier",
                 *       "type": "/problems/carrier_missing"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "carrier_missing" | "conflict" | "idempotency_in_progress" | "shipment_move_refused" | "too_many_tasks";
                };
            };
        };
        /** @description The cart is empty (`cart_empty`); Conflict (`conflict`); The same request is being answered (`idempotency_in_progress`); Not enough in stock (`out_of_stock`); Prices have changed (`prices_changed`); Not for sale (`product_not_for_sale`). */
        "409.cart_empty.conflict.idempotency_in_progress.out_of_stock.prices_changed.product_not_for_sale.limited": {
            headers: {
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "Retry-After": components["headers"]["Retry-After-Some"];
                "X-Request-ID": components["headers"]["X-Request-ID"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "details": {
                 *         "code": "cart_empty",
                 *         "detail": "The cart is empty",
                 *         "errors": [],
                 *         "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "retryable": false,
                 *         "status": 409,
                 *         "title": "The cart is empty",
                 *         "type": "/problems/cart_empty"
                 *       },
                 *       "msg": "The cart is empty",
                 *       "status": false
                 *     }
                 */
                "application/json": components["schemas"]["ErrorEnvelope"] & {
                    details?: {
                        /** @enum {unknown} */
                        code?: "cart_empty" | "conflict" | "idempotency_in_progress" | "out_of_stock" | "prices_changed" | "product_not_for_sale";
                    };
                };
                /**
                 * @example {
                 *       "code": "cart_empty",
                 *       "detail": "The cart is empty",
                 *       "errors": [],
                 *       "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "retryable": false,
                 *       "status": 409,
                 *       "title": "The cart is empty",
                 *       "type": "/problems/cart_empty"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "cart_empty" | "conflict" | "idempotency_in_progress" | "out_of_stock" | "prices_changed" | "product_not_for_sale";
                };
            };
        };
        /** @description A category cannot be below itself (`category_circle`); The name is taken (`category_name_taken`); Too many levels (`category_too_deep`); Conflict (`conflict`); The same request is being answered (`idempotency_in_progress`). */
        "409.category_circle.category_name_taken.category_too_deep.conflict.idempotency_in_progress.limited": {
            headers: {
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "Retry-After": components["headers"]["Retry-After-Some"];
                "X-Request-ID": components["headers"]["X-Request-ID"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "details": {
                 *         "code": "category_circle",
                 *         "detail": "A category cannot be below itself",
                 *         "errors": [],
                 *         "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "retryable": false,
                 *         "status": 409,
                 *         "title": "A category cannot be below itself",
                 *         "type": "/problems/category_circle"
                 *       },
                 *       "msg": "A category cannot be below itself",
                 *       "status": false
                 *     }
                 */
                "application/json": components["schemas"]["ErrorEnvelope"] & {
                    details?: {
                        /** @enum {unknown} */
                        code?: "category_circle" | "category_name_taken" | "category_too_deep" | "conflict" | "idempotency_in_progress";
                    };
                };
                /**
                 * @example {
                 *       "code": "category_circle",
                 *       "detail": "A category cannot be below itself",
                 *       "errors": [],
                 *       "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "retryable": false,
                 *       "status": 409,
                 *       "title": "A category cannot be below itself",
                 *       "type": "/problems/category_circle"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "category_circle" | "category_name_taken" | "category_too_deep" | "conflict" | "idempotency_in_progress";
                };
            };
        };
        /** @description The name is taken (`category_name_taken`); Too many levels (`category_too_deep`); Conflict (`conflict`); The same request is being answered (`idempotency_in_progress`). */
        "409.category_name_taken.category_too_deep.conflict.idempotency_in_progress.limited": {
            headers: {
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "Retry-After": components["headers"]["Retry-After-Some"];
                "X-Request-ID": components["headers"]["X-Request-ID"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "details": {
                 *         "code": "category_name_taken",
                 *         "detail": "The name is taken",
                 *         "errors": [],
                 *         "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "retryable": false,
                 *         "status": 409,
                 *         "title": "The name is taken",
                 *         "type": "/problems/category_name_taken"
                 *       },
                 *       "msg": "The name is taken",
                 *       "status": false
                 *     }
                 */
                "application/json": components["schemas"]["ErrorEnvelope"] & {
                    details?: {
                        /** @enum {unknown} */
                        code?: "category_name_taken" | "category_too_deep" | "conflict" | "idempotency_in_progress";
                    };
                };
                /**
                 * @example {
                 *       "code": "category_name_taken",
                 *       "detail": "The name is taken",
                 *       "errors": [],
                 *       "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "retryable": false,
                 *       "status": 409,
                 *       "title": "The name is taken",
                 *       "type": "/problems/category_name_taken"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "category_name_taken" | "category_too_deep" | "conflict" | "idempotency_in_progress";
                };
            };
        };
        /** @description The category is not empty (`category_not_empty`); Conflict (`conflict`). */
        "409.category_not_empty.conflict.limited": {
            headers: {
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "Retry-After": components["headers"]["Retry-After-Some"];
                "X-Request-ID": components["headers"]["X-Request-ID"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "details": {
                 *         "code": "category_not_empty",
                 *         "detail": "The category is not empty",
                 *         "errors": [],
                 *         "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "retryable": false,
                 *         "status": 409,
                 *         "title": "The category is not empty",
                 *         "type": "/problems/category_not_empty"
                 *       },
                 *       "msg": "The category is not empty",
                 *       "status": false
                 *     }
                 */
                "application/json": components["schemas"]["ErrorEnvelope"] & {
                    details?: {
                        /** @enum {unknown} */
                        code?: "category_not_empty" | "conflict";
                    };
                };
                /**
                 * @example {
                 *       "code": "category_not_empty",
                 *       "detail": "The category is not empty",
                 *       "errors": [],
                 *       "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "retryable": false,
                 *       "status": 409,
                 *       "title": "The category is not empty",
                 *       "type": "/problems/category_not_empty"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "category_not_empty" | "conflict";
                };
            };
        };
        /** @description Conflict (`conflict`). */
        "409.conflict": {
            headers: {
                "Retry-After": components["headers"]["Retry-After-Some"];
                "X-Request-ID": components["headers"]["X-Request-ID"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "details": {
                 *         "code": "conflict",
                 *         "detail": "Conflict",
                 *         "errors": [],
                 *         "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "retryable": false,
                 *         "status": 409,
                 *         "title": "Conflict",
                 *         "type": "/problems/conflict"
                 *       },
                 *       "msg": "Conflict",
                 *       "status": false
                 *     }
                 */
                "application/json": components["schemas"]["ErrorEnvelope"] & {
                    details?: {
                        /** @enum {unknown} */
                        code?: "conflict";
                    };
                };
                /**
                 * @example {
                 *       "code": "conflict",
                 *       "detail": "Conflict",
                 *       "errors": [],
                 *       "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "retryable": false,
                 *       "status": 409,
                 *       "title": "Conflict",
                 *       "type": "/problems/conflict"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "conflict";
                };
            };
        };
        /** @description Conflict (`conflict`); No deletion is planned (`deletion_not_planned`). */
        "409.conflict.deletion_not_planned.limited": {
            headers: {
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "Retry-After": components["headers"]["Retry-After-Some"];
                "X-Request-ID": components["headers"]["X-Request-ID"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "details": {
                 *         "code": "conflict",
                 *         "detail": "Conflict",
                 *         "errors": [],
                 *         "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "retryable": false,
                 *         "status": 409,
                 *         "title": "Conflict",
                 *         "type": "/problems/conflict"
                 *       },
                 *       "msg": "Conflict",
                 *       "status": false
                 *     }
                 */
                "application/json": components["schemas"]["ErrorEnvelope"] & {
                    details?: {
                        /** @enum {unknown} */
                        code?: "conflict" | "deletion_not_planned";
                    };
                };
                /**
                 * @example {
                 *       "code": "conflict",
                 *       "detail": "Conflict",
                 *       "errors": [],
                 *       "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "retryable": false,
                 *       "status": 409,
                 *       "title": "Conflict",
                 *       "type": "/problems/conflict"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "conflict" | "deletion_not_planned";
                };
            };
        };
        /** @description Conflict (`conflict`); The delivery is not dead (`delivery_not_dead`); The same request is being answered (`idempotency_in_progress`). */
        "409.conflict.delivery_not_dead.idempotency_in_progress.limited": {
            headers: {
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "Retry-After": components["headers"]["Retry-After-Some"];
                "X-Request-ID": components["headers"]["X-Request-ID"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "details": {
                 *         "code": "conflict",
                 *         "detail": "Conflict",
                 *         "errors": [],
                 *         "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "retryable": false,
                 *         "status": 409,
                 *         "title": "Conflict",
                 *         "type": "/problems/conflict"
                 *       },
                 *       "msg": "Conflict",
                 *       "status": false
                 *     }
                 */
                "application/json": components["schemas"]["ErrorEnvelope"] & {
                    details?: {
                        /** @enum {unknown} */
                        code?: "conflict" | "delivery_not_dead" | "idempotency_in_progress";
                    };
                };
                /**
                 * @example {
                 *       "code": "conflict",
                 *       "detail": "Conflict",
                 *       "errors": [],
                 *       "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "retryable": false,
                 *       "status": 409,
                 *       "title": "Conflict",
                 *       "type": "/problems/conflict"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "conflict" | "delivery_not_dead" | "idempotency_in_progress";
                };
            };
        };
        /** @description Conflict (`conflict`); The delivery is not dead (`delivery_not_dead`). */
        "409.conflict.delivery_not_dead.limited": {
            headers: {
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "Retry-After": components["headers"]["Retry-After-Some"];
                "X-Request-ID": components["headers"]["X-Request-ID"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "details": {
                 *         "code": "conflict",
                 *         "detail": "Conflict",
                 *         "errors": [],
                 *         "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "retryable": false,
                 *         "status": 409,
                 *         "title": "Conflict",
                 *         "type": "/problems/conflict"
                 *       },
                 *       "msg": "Conflict",
                 *       "status": false
                 *     }
                 */
                "application/json": components["schemas"]["ErrorEnvelope"] & {
                    details?: {
                        /** @enum {unknown} */
                        code?: "conflict" | "delivery_not_dead";
                    };
                };
                /**
                 * @example {
                 *       "code": "conflict",
                 *       "detail": "Conflict",
                 *       "errors": [],
                 *       "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "retryable": false,
                 *       "status": 409,
                 *       "title": "Conflict",
                 *       "type": "/problems/conflict"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "conflict" | "delivery_not_dead";
                };
            };
        };
        /** @description Conflict (`conflict`); The same request is being answered (`idempotency_in_progress`); Done before, and its secret is shown once (`idempotency_key_used`). */
        "409.conflict.idempotency_in_progress.idempotency_key_used.limited": {
            headers: {
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "Retry-After": components["headers"]["Retry-After-Some"];
                "X-Request-ID": components["headers"]["X-Request-ID"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "details": {
                 *         "code": "conflict",
                 *         "detail": "Conflict",
                 *         "errors": [],
                 *         "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "retryable": false,
                 *         "status": 409,
                 *         "title": "Conflict",
                 *         "type": "/problems/conflict"
                 *       },
                 *       "msg": "Conflict",
                 *       "status": false
                 *     }
                 */
                "application/json": components["schemas"]["ErrorEnvelope"] & {
                    details?: {
                        /** @enum {unknown} */
                        code?: "conflict" | "idempotency_in_progress" | "idempotency_key_used";
                    };
                };
                /**
                 * @example {
                 *       "code": "conflict",
                 *       "detail": "Conflict",
                 *       "errors": [],
                 *       "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "retryable": false,
                 *       "status": 409,
                 *       "title": "Conflict",
                 *       "type": "/problems/conflict"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "conflict" | "idempotency_in_progress" | "idempotency_key_used";
                };
            };
        };
        /** @description Conflict (`conflict`); The same request is being answered (`idempotency_in_progress`); The invitation has ended (`invitation_ended`). */
        "409.conflict.idempotency_in_progress.invitation_ended.limited": {
            headers: {
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "Retry-After": components["headers"]["Retry-After-Some"];
                "X-Request-ID": components["headers"]["X-Request-ID"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "details": {
                 *         "code": "conflict",
                 *         "detail": "Conflict",
                 *         "errors": [],
                 *         "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "retryable": false,
                 *         "status": 409,
                 *         "title": "Conflict",
                 *         "type": "/problems/conflict"
                 *       },
                 *       "msg": "Conflict",
                 *       "status": false
                 *     }
                 */
                "application/json": components["schemas"]["ErrorEnvelope"] & {
                    details?: {
                        /** @enum {unknown} */
                        code?: "conflict" | "idempotency_in_progress" | "invitation_ended";
                    };
                };
                /**
                 * @example {
                 *       "code": "conflict",
                 *       "detail": "Conflict",
                 *       "errors": [],
                 *       "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "retryable": false,
                 *       "status": 409,
                 *       "title": "Conflict",
                 *       "type": "/problems/conflict"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "conflict" | "idempotency_in_progress" | "invitation_ended";
                };
            };
        };
        /** @description Conflict (`conflict`); The same request is being answered (`idempotency_in_progress`); The last owner stays (`last_owner`). */
        "409.conflict.idempotency_in_progress.last_owner.limited": {
            headers: {
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "Retry-After": components["headers"]["Retry-After-Some"];
                "X-Request-ID": components["headers"]["X-Request-ID"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "details": {
                 *         "code": "conflict",
                 *         "detail": "Conflict",
                 *         "errors": [],
                 *         "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "retryable": false,
                 *         "status": 409,
                 *         "title": "Conflict",
                 *         "type": "/problems/conflict"
                 *       },
                 *       "msg": "Conflict",
                 *       "status": false
                 *     }
                 */
                "application/json": components["schemas"]["ErrorEnvelope"] & {
                    details?: {
                        /** @enum {unknown} */
                        code?: "conflict" | "idempotency_in_progress" | "last_owner";
                    };
                };
                /**
                 * @example {
                 *       "code": "conflict",
                 *       "detail": "Conflict",
                 *       "errors": [],
                 *       "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "retryable": false,
                 *       "status": 409,
                 *       "title": "Conflict",
                 *       "type": "/problems/conflict"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "conflict" | "idempotency_in_progress" | "last_owner";
                };
            };
        };
        /** @description Conflict (`conflict`); The same request is being answered (`idempotency_in_progress`); The last owner stays (`last_owner`); Owner of too many tenants (`too_many_tenants`). */
        "409.conflict.idempotency_in_progress.last_owner.too_many_tenants.limited": {
            headers: {
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "Retry-After": components["headers"]["Retry-After-Some"];
                "X-Request-ID": components["headers"]["X-Request-ID"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "details": {
                 *         "code": "conflict",
                 *         "detail": "Conflict",
                 *         "errors": [],
                 *         "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "retryable": false,
                 *         "status": 409,
                 *         "title": "Conflict",
                 *         "type": "/problems/conflict"
                 *       },
                 *       "msg": "Conflict",
                 *       "status": false
                 *     }
                 */
                "application/json": components["schemas"]["ErrorEnvelope"] & {
                    details?: {
                        /** @enum {unknown} */
                        code?: "conflict" | "idempotency_in_progress" | "last_owner" | "too_many_tenants";
                    };
                };
                /**
                 * @example {
                 *       "code": "conflict",
                 *       "detail": "Conflict",
                 *       "errors": [],
                 *       "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "retryable": false,
                 *       "status": 409,
                 *       "title": "Conflict",
                 *       "type": "/problems/conflict"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "conflict" | "idempotency_in_progress" | "last_owner" | "too_many_tenants";
                };
            };
        };
        /** @description Conflict (`conflict`); The same request is being answered (`idempotency_in_progress`). */
        "409.conflict.idempotency_in_progress.limited": {
            headers: {
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "Retry-After": components["headers"]["Retry-After-Some"];
                "X-Request-ID": components["headers"]["X-Request-ID"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "details": {
                 *         "code": "conflict",
                 *         "detail": "Conflict",
                 *         "errors": [],
                 *         "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "retryable": false,
                 *         "status": 409,
                 *         "title": "Conflict",
                 *         "type": "/problems/conflict"
                 *       },
                 *       "msg": "Conflict",
                 *       "status": false
                 *     }
                 */
                "application/json": components["schemas"]["ErrorEnvelope"] & {
                    details?: {
                        /** @enum {unknown} */
                        code?: "conflict" | "idempotency_in_progress";
                    };
                };
                /**
                 * @example {
                 *       "code": "conflict",
                 *       "detail": "Conflict",
                 *       "errors": [],
                 *       "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "retryable": false,
                 *       "status": 409,
                 *       "title": "Conflict",
                 *       "type": "/problems/conflict"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "conflict" | "idempotency_in_progress";
                };
            };
        };
        /** @description Conflict (`conflict`); The same request is being answered (`idempotency_in_progress`); The order's state does not allow it (`order_move_refused`); A payment is under way (`payment_pending`). */
        "409.conflict.idempotency_in_progress.order_move_refused.payment_pending.limited": {
            headers: {
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "Retry-After": components["headers"]["Retry-After-Some"];
                "X-Request-ID": components["headers"]["X-Request-ID"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "details": {
                 *         "code": "conflict",
                 *         "detail": "Conflict",
                 *         "errors": [],
                 *         "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "retryable": false,
                 *         "status": 409,
                 *         "title": "Conflict",
                 *         "type": "/problems/conflict"
                 *       },
                 *       "msg": "Conflict",
                 *       "status": false
                 *     }
                 */
                "application/json": components["schemas"]["ErrorEnvelope"] & {
                    details?: {
                        /** @enum {unknown} */
                        code?: "conflict" | "idempotency_in_progress" | "order_move_refused" | "payment_pending";
                    };
                };
                /**
                 * @example {
                 *       "code": "conflict",
                 *       "detail": "Conflict",
                 *       "errors": [],
                 *       "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "retryable": false,
                 *       "status": 409,
                 *       "title": "Conflict",
                 *       "type": "/problems/conflict"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "conflict" | "idempotency_in_progress" | "order_move_refused" | "payment_pending";
                };
            };
        };
        /** @description Conflict (`conflict`); The same request is being answered (`idempotency_in_progress`); The order's state does not allow it (`order_move_refused`); A payment is under way (`payment_pending`); Payments are switched off (`payments_off`); Too many unfinished tasks (`too_many_tasks`). */
        "409.conflict.idempotency_in_progress.order_move_refused.payment_pending.payments_off.too_many_tasks.limited": {
            headers: {
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "Retry-After": components["headers"]["Retry-After-Some"];
                "X-Request-ID": components["headers"]["X-Request-ID"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "details": {
                 *         "code": "conflict",
                 *         "detail": "Conflict",
                 *         "errors": [],
                 *         "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "retryable": false,
                 *         "status": 409,
                 *         "title": "Conflict",
                 *         "type": "/problems/conflict"
                 *       },
                 *       "msg": "Conflict",
                 *       "status": false
                 *     }
                 */
                "application/json": components["schemas"]["ErrorEnvelope"] & {
                    details?: {
                        /** @enum {unknown} */
                        code?: "conflict" | "idempotency_in_progress" | "order_move_refused" | "payment_pending" | "payments_off" | "too_many_tasks";
                    };
                };
                /**
                 * @example {
                 *       "code": "conflict",
                 *       "detail": "Conflict",
                 *       "errors": [],
                 *       "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "retryable": false,
                 *       "status": 409,
                 *       "title": "Conflict",
                 *       "type": "/problems/conflict"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "conflict" | "idempotency_in_progress" | "order_move_refused" | "payment_pending" | "payments_off" | "too_many_tasks";
                };
            };
        };
        /** @description Conflict (`conflict`); The same request is being answered (`idempotency_in_progress`); The order's state does not allow it (`order_move_refused`); Payments are switched off (`payments_off`); Too many unfinished tasks (`too_many_tasks`). */
        "409.conflict.idempotency_in_progress.order_move_refused.payments_off.too_many_tasks.limited": {
            headers: {
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "Retry-After": components["headers"]["Retry-After-Some"];
                "X-Request-ID": components["headers"]["X-Request-ID"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "details": {
                 *         "code": "conflict",
                 *         "detail": "Conflict",
                 *         "errors": [],
                 *         "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "retryable": false,
                 *         "status": 409,
                 *         "title": "Conflict",
                 *         "type": "/problems/conflict"
                 *       },
                 *       "msg": "Conflict",
                 *       "status": false
                 *     }
                 */
                "application/json": components["schemas"]["ErrorEnvelope"] & {
                    details?: {
                        /** @enum {unknown} */
                        code?: "conflict" | "idempotency_in_progress" | "order_move_refused" | "payments_off" | "too_many_tasks";
                    };
                };
                /**
                 * @example {
                 *       "code": "conflict",
                 *       "detail": "Conflict",
                 *       "errors": [],
                 *       "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "retryable": false,
                 *       "status": 409,
                 *       "title": "Conflict",
                 *       "type": "/problems/conflict"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "conflict" | "idempotency_in_progress" | "order_move_refused" | "payments_off" | "too_many_tasks";
                };
            };
        };
        /** @description Conflict (`conflict`); The same request is being answered (`idempotency_in_progress`); The product is archived (`product_archived`). */
        "409.conflict.idempotency_in_progress.product_archived.limited": {
            headers: {
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "Retry-After": components["headers"]["Retry-After-Some"];
                "X-Request-ID": components["headers"]["X-Request-ID"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "details": {
                 *         "code": "conflict",
                 *         "detail": "Conflict",
                 *         "errors": [],
                 *         "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "retryable": false,
                 *         "status": 409,
                 *         "title": "Conflict",
                 *         "type": "/problems/conflict"
                 *       },
                 *       "msg": "Conflict",
                 *       "status": false
                 *     }
                 */
                "application/json": components["schemas"]["ErrorEnvelope"] & {
                    details?: {
                        /** @enum {unknown} */
                        code?: "conflict" | "idempotency_in_progress" | "product_archived";
                    };
                };
                /**
                 * @example {
                 *       "code": "conflict",
                 *       "detail": "Conflict",
                 *       "errors": [],
                 *       "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "retryable": false,
                 *       "status": 409,
                 *       "title": "Conflict",
                 *       "type": "/problems/conflict"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "conflict" | "idempotency_in_progress" | "product_archived";
                };
            };
        };
        /** @description Conflict (`conflict`); The same request is being answered (`idempotency_in_progress`); The product is archived (`product_archived`); The sku is taken (`product_sku_taken`). */
        "409.conflict.idempotency_in_progress.product_archived.product_sku_taken.limited": {
            headers: {
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "Retry-After": components["headers"]["Retry-After-Some"];
                "X-Request-ID": components["headers"]["X-Request-ID"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "details": {
                 *         "code": "conflict",
                 *         "detail": "Conflict",
                 *         "errors": [],
                 *         "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "retryable": false,
                 *         "status": 409,
                 *         "title": "Conflict",
                 *         "type": "/problems/conflict"
                 *       },
                 *       "msg": "Conflict",
                 *       "status": false
                 *     }
                 */
                "application/json": components["schemas"]["ErrorEnvelope"] & {
                    details?: {
                        /** @enum {unknown} */
                        code?: "conflict" | "idempotency_in_progress" | "product_archived" | "product_sku_taken";
                    };
                };
                /**
                 * @example {
                 *       "code": "conflict",
                 *       "detail": "Conflict",
                 *       "errors": [],
                 *       "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "retryable": false,
                 *       "status": 409,
                 *       "title": "Conflict",
                 *       "type": "/problems/conflict"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "conflict" | "idempotency_in_progress" | "product_archived" | "product_sku_taken";
                };
            };
        };
        /** @description Conflict (`conflict`); The same request is being answered (`idempotency_in_progress`); The product is archived (`product_archived`); The sku is taken (`product_sku_taken`); Orders hold more pieces (`stock_reserved`). */
        "409.conflict.idempotency_in_progress.product_archived.product_sku_taken.stock_reserved.limited": {
            headers: {
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "Retry-After": components["headers"]["Retry-After-Some"];
                "X-Request-ID": components["headers"]["X-Request-ID"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "details": {
                 *         "code": "conflict",
                 *         "detail": "Conflict",
                 *         "errors": [],
                 *         "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "retryable": false,
                 *         "status": 409,
                 *         "title": "Conflict",
                 *         "type": "/problems/conflict"
                 *       },
                 *       "msg": "Conflict",
                 *       "status": false
                 *     }
                 */
                "application/json": components["schemas"]["ErrorEnvelope"] & {
                    details?: {
                        /** @enum {unknown} */
                        code?: "conflict" | "idempotency_in_progress" | "product_archived" | "product_sku_taken" | "stock_reserved";
                    };
                };
                /**
                 * @example {
                 *       "code": "conflict",
                 *       "detail": "Conflict",
                 *       "errors": [],
                 *       "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "retryable": false,
                 *       "status": 409,
                 *       "title": "Conflict",
                 *       "type": "/problems/conflict"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "conflict" | "idempotency_in_progress" | "product_archived" | "product_sku_taken" | "stock_reserved";
                };
            };
        };
        /** @description Conflict (`conflict`); The same request is being answered (`idempotency_in_progress`); The product is archived (`product_archived`); The sku is taken (`product_sku_taken`); Orders hold more pieces (`stock_reserved`); The variant is archived (`variant_archived`). */
        "409.conflict.idempotency_in_progress.product_archived.product_sku_taken.stock_reserved.variant_archived.limited": {
            headers: {
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "Retry-After": components["headers"]["Retry-After-Some"];
                "X-Request-ID": components["headers"]["X-Request-ID"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "details": {
                 *         "code": "conflict",
                 *         "detail": "Conflict",
                 *         "errors": [],
                 *         "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "retryable": false,
                 *         "status": 409,
                 *         "title": "Conflict",
                 *         "type": "/problems/conflict"
                 *       },
                 *       "msg": "Conflict",
                 *       "status": false
                 *     }
                 */
                "application/json": components["schemas"]["ErrorEnvelope"] & {
                    details?: {
                        /** @enum {unknown} */
                        code?: "conflict" | "idempotency_in_progress" | "product_archived" | "product_sku_taken" | "stock_reserved" | "variant_archived";
                    };
                };
                /**
                 * @example {
                 *       "code": "conflict",
                 *       "detail": "Conflict",
                 *       "errors": [],
                 *       "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "retryable": false,
                 *       "status": 409,
                 *       "title": "Conflict",
                 *       "type": "/problems/conflict"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "conflict" | "idempotency_in_progress" | "product_archived" | "product_sku_taken" | "stock_reserved" | "variant_archived";
                };
            };
        };
        /** @description Conflict (`conflict`); The same request is being answered (`idempotency_in_progress`); The product is archived (`product_archived`); The variant is archived (`variant_archived`). */
        "409.conflict.idempotency_in_progress.product_archived.variant_archived.limited": {
            headers: {
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "Retry-After": components["headers"]["Retry-After-Some"];
                "X-Request-ID": components["headers"]["X-Request-ID"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "details": {
                 *         "code": "conflict",
                 *         "detail": "Conflict",
                 *         "errors": [],
                 *         "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "retryable": false,
                 *         "status": 409,
                 *         "title": "Conflict",
                 *         "type": "/problems/conflict"
                 *       },
                 *       "msg": "Conflict",
                 *       "status": false
                 *     }
                 */
                "application/json": components["schemas"]["ErrorEnvelope"] & {
                    details?: {
                        /** @enum {unknown} */
                        code?: "conflict" | "idempotency_in_progress" | "product_archived" | "variant_archived";
                    };
                };
                /**
                 * @example {
                 *       "code": "conflict",
                 *       "detail": "Conflict",
                 *       "errors": [],
                 *       "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "retryable": false,
                 *       "status": 409,
                 *       "title": "Conflict",
                 *       "type": "/problems/conflict"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "conflict" | "idempotency_in_progress" | "product_archived" | "variant_archived";
                };
            };
        };
        /** @description Conflict (`conflict`); The same request is being answered (`idempotency_in_progress`); The sku is taken (`product_sku_taken`). */
        "409.conflict.idempotency_in_progress.product_sku_taken.limited": {
            headers: {
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "Retry-After": components["headers"]["Retry-After-Some"];
                "X-Request-ID": components["headers"]["X-Request-ID"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "details": {
                 *         "code": "conflict",
                 *         "detail": "Conflict",
                 *         "errors": [],
                 *         "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "retryable": false,
                 *         "status": 409,
                 *         "title": "Conflict",
                 *         "type": "/problems/conflict"
                 *       },
                 *       "msg": "Conflict",
                 *       "status": false
                 *     }
                 */
                "application/json": components["schemas"]["ErrorEnvelope"] & {
                    details?: {
                        /** @enum {unknown} */
                        code?: "conflict" | "idempotency_in_progress" | "product_sku_taken";
                    };
                };
                /**
                 * @example {
                 *       "code": "conflict",
                 *       "detail": "Conflict",
                 *       "errors": [],
                 *       "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "retryable": false,
                 *       "status": 409,
                 *       "title": "Conflict",
                 *       "type": "/problems/conflict"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "conflict" | "idempotency_in_progress" | "product_sku_taken";
                };
            };
        };
        /** @description Conflict (`conflict`); The same request is being answered (`idempotency_in_progress`); The key is taken (`role_key_taken`). */
        "409.conflict.idempotency_in_progress.role_key_taken.limited": {
            headers: {
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "Retry-After": components["headers"]["Retry-After-Some"];
                "X-Request-ID": components["headers"]["X-Request-ID"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "details": {
                 *         "code": "conflict",
                 *         "detail": "Conflict",
                 *         "errors": [],
                 *         "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "retryable": false,
                 *         "status": 409,
                 *         "title": "Conflict",
                 *         "type": "/problems/conflict"
                 *       },
                 *       "msg": "Conflict",
                 *       "status": false
                 *     }
                 */
                "application/json": components["schemas"]["ErrorEnvelope"] & {
                    details?: {
                        /** @enum {unknown} */
                        code?: "conflict" | "idempotency_in_progress" | "role_key_taken";
                    };
                };
                /**
                 * @example {
                 *       "code": "conflict",
                 *       "detail": "Conflict",
                 *       "errors": [],
                 *       "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "retryable": false,
                 *       "status": 409,
                 *       "title": "Conflict",
                 *       "type": "/problems/conflict"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "conflict" | "idempotency_in_progress" | "role_key_taken";
                };
            };
        };
        /** @description Conflict (`conflict`); The same request is being answered (`idempotency_in_progress`); System roles do not change (`system_role_fixed`). */
        "409.conflict.idempotency_in_progress.system_role_fixed.limited": {
            headers: {
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "Retry-After": components["headers"]["Retry-After-Some"];
                "X-Request-ID": components["headers"]["X-Request-ID"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "details": {
                 *         "code": "conflict",
                 *         "detail": "Conflict",
                 *         "errors": [],
                 *         "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "retryable": false,
                 *         "status": 409,
                 *         "title": "Conflict",
                 *         "type": "/problems/conflict"
                 *       },
                 *       "msg": "Conflict",
                 *       "status": false
                 *     }
                 */
                "application/json": components["schemas"]["ErrorEnvelope"] & {
                    details?: {
                        /** @enum {unknown} */
                        code?: "conflict" | "idempotency_in_progress" | "system_role_fixed";
                    };
                };
                /**
                 * @example {
                 *       "code": "conflict",
                 *       "detail": "Conflict",
                 *       "errors": [],
                 *       "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "retryable": false,
                 *       "status": 409,
                 *       "title": "Conflict",
                 *       "type": "/problems/conflict"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "conflict" | "idempotency_in_progress" | "system_role_fixed";
                };
            };
        };
        /** @description Conflict (`conflict`); The same request is being answered (`idempotency_in_progress`); The task has ended (`task_finished`). */
        "409.conflict.idempotency_in_progress.task_finished.limited": {
            headers: {
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "Retry-After": components["headers"]["Retry-After-Some"];
                "X-Request-ID": components["headers"]["X-Request-ID"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "details": {
                 *         "code": "conflict",
                 *         "detail": "Conflict",
                 *         "errors": [],
                 *         "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "retryable": false,
                 *         "status": 409,
                 *         "title": "Conflict",
                 *         "type": "/problems/conflict"
                 *       },
                 *       "msg": "Conflict",
                 *       "status": false
                 *     }
                 */
                "application/json": components["schemas"]["ErrorEnvelope"] & {
                    details?: {
                        /** @enum {unknown} */
                        code?: "conflict" | "idempotency_in_progress" | "task_finished";
                    };
                };
                /**
                 * @example {
                 *       "code": "conflict",
                 *       "detail": "Conflict",
                 *       "errors": [],
                 *       "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "retryable": false,
                 *       "status": 409,
                 *       "title": "Conflict",
                 *       "type": "/problems/conflict"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "conflict" | "idempotency_in_progress" | "task_finished";
                };
            };
        };
        /** @description Conflict (`conflict`); The same request is being answered (`idempotency_in_progress`); The slug is taken (`tenant_slug_taken`); Too many earlier slugs (`too_many_slugs`). */
        "409.conflict.idempotency_in_progress.tenant_slug_taken.too_many_slugs.limited": {
            headers: {
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "Retry-After": components["headers"]["Retry-After-Some"];
                "X-Request-ID": components["headers"]["X-Request-ID"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "details": {
                 *         "code": "conflict",
                 *         "detail": "Conflict",
                 *         "errors": [],
                 *         "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "retryable": false,
                 *         "status": 409,
                 *         "title": "Conflict",
                 *         "type": "/problems/conflict"
                 *       },
                 *       "msg": "Conflict",
                 *       "status": false
                 *     }
                 */
                "application/json": components["schemas"]["ErrorEnvelope"] & {
                    details?: {
                        /** @enum {unknown} */
                        code?: "conflict" | "idempotency_in_progress" | "tenant_slug_taken" | "too_many_slugs";
                    };
                };
                /**
                 * @example {
                 *       "code": "conflict",
                 *       "detail": "Conflict",
                 *       "errors": [],
                 *       "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "retryable": false,
                 *       "status": 409,
                 *       "title": "Conflict",
                 *       "type": "/problems/conflict"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "conflict" | "idempotency_in_progress" | "tenant_slug_taken" | "too_many_slugs";
                };
            };
        };
        /** @description Conflict (`conflict`); The same request is being answered (`idempotency_in_progress`); Too many unfinished tasks (`too_many_tasks`). */
        "409.conflict.idempotency_in_progress.too_many_tasks.limited": {
            headers: {
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "Retry-After": components["headers"]["Retry-After-Some"];
                "X-Request-ID": components["headers"]["X-Request-ID"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "details": {
                 *         "code": "conflict",
                 *         "detail": "Conflict",
                 *         "errors": [],
                 *         "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "retryable": false,
                 *         "status": 409,
                 *         "title": "Conflict",
                 *         "type": "/problems/conflict"
                 *       },
                 *       "msg": "Conflict",
                 *       "status": false
                 *     }
                 */
                "application/json": components["schemas"]["ErrorEnvelope"] & {
                    details?: {
                        /** @enum {unknown} */
                        code?: "conflict" | "idempotency_in_progress" | "too_many_tasks";
                    };
                };
                /**
                 * @example {
                 *       "code": "conflict",
                 *       "detail": "Conflict",
                 *       "errors": [],
                 *       "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "retryable": false,
                 *       "status": 409,
                 *       "title": "Conflict",
                 *       "type": "/problems/conflict"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "conflict" | "idempotency_in_progress" | "too_many_tasks";
                };
            };
        };
        /** @description Conflict (`conflict`); The same request is being answered (`idempotency_in_progress`); Owner of too many tenants (`too_many_tenants`). */
        "409.conflict.idempotency_in_progress.too_many_tenants.limited": {
            headers: {
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "Retry-After": components["headers"]["Retry-After-Some"];
                "X-Request-ID": components["headers"]["X-Request-ID"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "details": {
                 *         "code": "conflict",
                 *         "detail": "Conflict",
                 *         "errors": [],
                 *         "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "retryable": false,
                 *         "status": 409,
                 *         "title": "Conflict",
                 *         "type": "/problems/conflict"
                 *       },
                 *       "msg": "Conflict",
                 *       "status": false
                 *     }
                 */
                "application/json": components["schemas"]["ErrorEnvelope"] & {
                    details?: {
                        /** @enum {unknown} */
                        code?: "conflict" | "idempotency_in_progress" | "too_many_tenants";
                    };
                };
                /**
                 * @example {
                 *       "code": "conflict",
                 *       "detail": "Conflict",
                 *       "errors": [],
                 *       "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "retryable": false,
                 *       "status": 409,
                 *       "title": "Conflict",
                 *       "type": "/problems/conflict"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "conflict" | "idempotency_in_progress" | "too_many_tenants";
                };
            };
        };
        /** @description Conflict (`conflict`); The invitation has ended (`invitation_ended`). */
        "409.conflict.invitation_ended.limited": {
            headers: {
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "Retry-After": components["headers"]["Retry-After-Some"];
                "X-Request-ID": components["headers"]["X-Request-ID"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "details": {
                 *         "code": "conflict",
                 *         "detail": "Conflict",
                 *         "errors": [],
                 *         "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "retryable": false,
                 *         "status": 409,
                 *         "title": "Conflict",
                 *         "type": "/problems/conflict"
                 *       },
                 *       "msg": "Conflict",
                 *       "status": false
                 *     }
                 */
                "application/json": components["schemas"]["ErrorEnvelope"] & {
                    details?: {
                        /** @enum {unknown} */
                        code?: "conflict" | "invitation_ended";
                    };
                };
                /**
                 * @example {
                 *       "code": "conflict",
                 *       "detail": "Conflict",
                 *       "errors": [],
                 *       "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "retryable": false,
                 *       "status": 409,
                 *       "title": "Conflict",
                 *       "type": "/problems/conflict"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "conflict" | "invitation_ended";
                };
            };
        };
        /** @description Conflict (`conflict`); The last owner stays (`last_owner`). */
        "409.conflict.last_owner.limited": {
            headers: {
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "Retry-After": components["headers"]["Retry-After-Some"];
                "X-Request-ID": components["headers"]["X-Request-ID"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "details": {
                 *         "code": "conflict",
                 *         "detail": "Conflict",
                 *         "errors": [],
                 *         "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "retryable": false,
                 *         "status": 409,
                 *         "title": "Conflict",
                 *         "type": "/problems/conflict"
                 *       },
                 *       "msg": "Conflict",
                 *       "status": false
                 *     }
                 */
                "application/json": components["schemas"]["ErrorEnvelope"] & {
                    details?: {
                        /** @enum {unknown} */
                        code?: "conflict" | "last_owner";
                    };
                };
                /**
                 * @example {
                 *       "code": "conflict",
                 *       "detail": "Conflict",
                 *       "errors": [],
                 *       "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "retryable": false,
                 *       "status": 409,
                 *       "title": "Conflict",
                 *       "type": "/problems/conflict"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "conflict" | "last_owner";
                };
            };
        };
        /** @description Conflict (`conflict`). */
        "409.conflict.limited": {
            headers: {
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "Retry-After": components["headers"]["Retry-After-Some"];
                "X-Request-ID": components["headers"]["X-Request-ID"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "details": {
                 *         "code": "conflict",
                 *         "detail": "Conflict",
                 *         "errors": [],
                 *         "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "retryable": false,
                 *         "status": 409,
                 *         "title": "Conflict",
                 *         "type": "/problems/conflict"
                 *       },
                 *       "msg": "Conflict",
                 *       "status": false
                 *     }
                 */
                "application/json": components["schemas"]["ErrorEnvelope"] & {
                    details?: {
                        /** @enum {unknown} */
                        code?: "conflict";
                    };
                };
                /**
                 * @example {
                 *       "code": "conflict",
                 *       "detail": "Conflict",
                 *       "errors": [],
                 *       "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "retryable": false,
                 *       "status": 409,
                 *       "title": "Conflict",
                 *       "type": "/problems/conflict"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "conflict";
                };
            };
        };
        /** @description Conflict (`conflict`); The second factor is on already (`mfa_already_on`). */
        "409.conflict.mfa_already_on.limited": {
            headers: {
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "Retry-After": components["headers"]["Retry-After-Some"];
                "X-Request-ID": components["headers"]["X-Request-ID"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "details": {
                 *         "code": "conflict",
                 *         "detail": "Conflict",
                 *         "errors": [],
                 *         "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "retryable": false,
                 *         "status": 409,
                 *         "title": "Conflict",
                 *         "type": "/problems/conflict"
                 *       },
                 *       "msg": "Conflict",
                 *       "status": false
                 *     }
                 */
                "application/json": components["schemas"]["ErrorEnvelope"] & {
                    details?: {
                        /** @enum {unknown} */
                        code?: "conflict" | "mfa_already_on";
                    };
                };
                /**
                 * @example {
                 *       "code": "conflict",
                 *       "detail": "Conflict",
                 *       "errors": [],
                 *       "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "retryable": false,
                 *       "status": 409,
                 *       "title": "Conflict",
                 *       "type": "/problems/conflict"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "conflict" | "mfa_already_on";
                };
            };
        };
        /** @description Conflict (`conflict`); The second factor is on already (`mfa_already_on`); The second factor is off (`mfa_off`). */
        "409.conflict.mfa_already_on.mfa_off.limited": {
            headers: {
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "Retry-After": components["headers"]["Retry-After-Some"];
                "X-Request-ID": components["headers"]["X-Request-ID"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "details": {
                 *         "code": "conflict",
                 *         "detail": "Conflict",
                 *         "errors": [],
                 *         "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "retryable": false,
                 *         "status": 409,
                 *         "title": "Conflict",
                 *         "type": "/problems/conflict"
                 *       },
                 *       "msg": "Conflict",
                 *       "status": false
                 *     }
                 */
                "application/json": components["schemas"]["ErrorEnvelope"] & {
                    details?: {
                        /** @enum {unknown} */
                        code?: "conflict" | "mfa_already_on" | "mfa_off";
                    };
                };
                /**
                 * @example {
                 *       "code": "conflict",
                 *       "detail": "Conflict",
                 *       "errors": [],
                 *       "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "retryable": false,
                 *       "status": 409,
                 *       "title": "Conflict",
                 *       "type": "/problems/conflict"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "conflict" | "mfa_already_on" | "mfa_off";
                };
            };
        };
        /** @description Conflict (`conflict`); The second factor is off (`mfa_off`). */
        "409.conflict.mfa_off.limited": {
            headers: {
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "Retry-After": components["headers"]["Retry-After-Some"];
                "X-Request-ID": components["headers"]["X-Request-ID"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "details": {
                 *         "code": "conflict",
                 *         "detail": "Conflict",
                 *         "errors": [],
                 *         "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "retryable": false,
                 *         "status": 409,
                 *         "title": "Conflict",
                 *         "type": "/problems/conflict"
                 *       },
                 *       "msg": "Conflict",
                 *       "status": false
                 *     }
                 */
                "application/json": components["schemas"]["ErrorEnvelope"] & {
                    details?: {
                        /** @enum {unknown} */
                        code?: "conflict" | "mfa_off";
                    };
                };
                /**
                 * @example {
                 *       "code": "conflict",
                 *       "detail": "Conflict",
                 *       "errors": [],
                 *       "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "retryable": false,
                 *       "status": 409,
                 *       "title": "Conflict",
                 *       "type": "/problems/conflict"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "conflict" | "mfa_off";
                };
            };
        };
        /** @description Conflict (`conflict`); A payment is under way (`payment_pending`); There is no such shipment yet (`shipment_unknown`). */
        "409.conflict.payment_pending.shipment_unknown": {
            headers: {
                "Retry-After": components["headers"]["Retry-After-Some"];
                "X-Request-ID": components["headers"]["X-Request-ID"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "details": {
                 *         "code": "conflict",
                 *         "detail": "Conflict",
                 *         "errors": [],
                 *         "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "retryable": false,
                 *         "status": 409,
                 *         "title": "Conflict",
                 *         "type": "/problems/conflict"
                 *       },
                 *       "msg": "Conflict",
                 *       "status": false
                 *     }
                 */
                "application/json": components["schemas"]["ErrorEnvelope"] & {
                    details?: {
                        /** @enum {unknown} */
                        code?: "conflict" | "payment_pending" | "shipment_unknown";
                    };
                };
                /**
                 * @example {
                 *       "code": "conflict",
                 *       "detail": "Conflict",
                 *       "errors": [],
                 *       "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "retryable": false,
                 *       "status": 409,
                 *       "title": "Conflict",
                 *       "type": "/problems/conflict"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "conflict" | "payment_pending" | "shipment_unknown";
                };
            };
        };
        /** @description Conflict (`conflict`); Another refresh is in progress (`refresh_in_progress`). */
        "409.conflict.refresh_in_progress.limited": {
            headers: {
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "Retry-After": components["headers"]["Retry-After-Some"];
                "X-Request-ID": components["headers"]["X-Request-ID"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "details": {
                 *         "code": "conflict",
                 *         "detail": "Conflict",
                 *         "errors": [],
                 *         "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "retryable": false,
                 *         "status": 409,
                 *         "title": "Conflict",
                 *         "type": "/problems/conflict"
                 *       },
                 *       "msg": "Conflict",
                 *       "status": false
                 *     }
                 */
                "application/json": components["schemas"]["ErrorEnvelope"] & {
                    details?: {
                        /** @enum {unknown} */
                        code?: "conflict" | "refresh_in_progress";
                    };
                };
                /**
                 * @example {
                 *       "code": "conflict",
                 *       "detail": "Conflict",
                 *       "errors": [],
                 *       "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "retryable": false,
                 *       "status": 409,
                 *       "title": "Conflict",
                 *       "type": "/problems/conflict"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "conflict" | "refresh_in_progress";
                };
            };
        };
        /** @description Conflict (`conflict`); The role is in use (`role_in_use`); System roles do not change (`system_role_fixed`). */
        "409.conflict.role_in_use.system_role_fixed.limited": {
            headers: {
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "Retry-After": components["headers"]["Retry-After-Some"];
                "X-Request-ID": components["headers"]["X-Request-ID"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "details": {
                 *         "code": "conflict",
                 *         "detail": "Conflict",
                 *         "errors": [],
                 *         "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "retryable": false,
                 *         "status": 409,
                 *         "title": "Conflict",
                 *         "type": "/problems/conflict"
                 *       },
                 *       "msg": "Conflict",
                 *       "status": false
                 *     }
                 */
                "application/json": components["schemas"]["ErrorEnvelope"] & {
                    details?: {
                        /** @enum {unknown} */
                        code?: "conflict" | "role_in_use" | "system_role_fixed";
                    };
                };
                /**
                 * @example {
                 *       "code": "conflict",
                 *       "detail": "Conflict",
                 *       "errors": [],
                 *       "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "retryable": false,
                 *       "status": 409,
                 *       "title": "Conflict",
                 *       "type": "/problems/conflict"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "conflict" | "role_in_use" | "system_role_fixed";
                };
            };
        };
        /** @description Conflict (`conflict`); The slug is taken (`tenant_slug_taken`). */
        "409.conflict.tenant_slug_taken.limited": {
            headers: {
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "Retry-After": components["headers"]["Retry-After-Some"];
                "X-Request-ID": components["headers"]["X-Request-ID"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "details": {
                 *         "code": "conflict",
                 *         "detail": "Conflict",
                 *         "errors": [],
                 *         "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "retryable": false,
                 *         "status": 409,
                 *         "title": "Conflict",
                 *         "type": "/problems/conflict"
                 *       },
                 *       "msg": "Conflict",
                 *       "status": false
                 *     }
                 */
                "application/json": components["schemas"]["ErrorEnvelope"] & {
                    details?: {
                        /** @enum {unknown} */
                        code?: "conflict" | "tenant_slug_taken";
                    };
                };
                /**
                 * @example {
                 *       "code": "conflict",
                 *       "detail": "Conflict",
                 *       "errors": [],
                 *       "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "retryable": false,
                 *       "status": 409,
                 *       "title": "Conflict",
                 *       "type": "/problems/conflict"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "conflict" | "tenant_slug_taken";
                };
            };
        };
        /** @description Conflict (`conflict`); The slug is taken (`tenant_slug_taken`); Owner of too many tenants (`too_many_tenants`). */
        "409.conflict.tenant_slug_taken.too_many_tenants.limited": {
            headers: {
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "Retry-After": components["headers"]["Retry-After-Some"];
                "X-Request-ID": components["headers"]["X-Request-ID"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "details": {
                 *         "code": "conflict",
                 *         "detail": "Conflict",
                 *         "errors": [],
                 *         "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "retryable": false,
                 *         "status": 409,
                 *         "title": "Conflict",
                 *         "type": "/problems/conflict"
                 *       },
                 *       "msg": "Conflict",
                 *       "status": false
                 *     }
                 */
                "application/json": components["schemas"]["ErrorEnvelope"] & {
                    details?: {
                        /** @enum {unknown} */
                        code?: "conflict" | "tenant_slug_taken" | "too_many_tenants";
                    };
                };
                /**
                 * @example {
                 *       "code": "conflict",
                 *       "detail": "Conflict",
                 *       "errors": [],
                 *       "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "retryable": false,
                 *       "status": 409,
                 *       "title": "Conflict",
                 *       "type": "/problems/conflict"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "conflict" | "tenant_slug_taken" | "too_many_tenants";
                };
            };
        };
        /** @description The resource has changed (`precondition_failed`). */
        "412.precondition_failed.limited": {
            headers: {
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "X-Request-ID": components["headers"]["X-Request-ID"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "details": {
                 *         "code": "precondition_failed",
                 *         "detail": "The resource has changed",
                 *         "errors": [],
                 *         "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "retryable": false,
                 *         "status": 412,
                 *         "title": "The resource has changed",
                 *         "type": "/problems/precondition_failed"
                 *       },
                 *       "msg": "The resource has changed",
                 *       "status": false
                 *     }
                 */
                "application/json": components["schemas"]["ErrorEnvelope"] & {
                    details?: {
                        /** @enum {unknown} */
                        code?: "precondition_failed";
                    };
                };
                /**
                 * @example {
                 *       "code": "precondition_failed",
                 *       "detail": "The resource has changed",
                 *       "errors": [],
                 *       "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "retryable": false,
                 *       "status": 412,
                 *       "title": "The resource has changed",
                 *       "type": "/problems/precondition_failed"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "precondition_failed";
                };
            };
        };
        /** @description The body is too large (`body_too_large`). */
        "413.body_too_large": {
            headers: {
                "X-Request-ID": components["headers"]["X-Request-ID"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "details": {
                 *         "code": "body_too_large",
                 *         "detail": "The body is too large",
                 *         "errors": [],
                 *         "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "retryable": false,
                 *         "status": 413,
                 *         "title": "The body is too large",
                 *         "type": "/problems/body_too_large"
                 *       },
                 *       "msg": "The body is too large",
                 *       "status": false
                 *     }
                 */
                "application/json": components["schemas"]["ErrorEnvelope"] & {
                    details?: {
                        /** @enum {unknown} */
                        code?: "body_too_large";
                    };
                };
                /**
                 * @example {
                 *       "code": "body_too_large",
                 *       "detail": "The body is too large",
                 *       "errors": [],
                 *       "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "retryable": false,
                 *       "status": 413,
                 *       "title": "The body is too large",
                 *       "type": "/problems/body_too_large"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "body_too_large";
                };
            };
        };
        /** @description The body is too large (`body_too_large`). */
        "413.body_too_large.limited": {
            headers: {
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "X-Request-ID": components["headers"]["X-Request-ID"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "details": {
                 *         "code": "body_too_large",
                 *         "detail": "The body is too large",
                 *         "errors": [],
                 *         "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "retryable": false,
                 *         "status": 413,
                 *         "title": "The body is too large",
                 *         "type": "/problems/body_too_large"
                 *       },
                 *       "msg": "The body is too large",
                 *       "status": false
                 *     }
                 */
                "application/json": components["schemas"]["ErrorEnvelope"] & {
                    details?: {
                        /** @enum {unknown} */
                        code?: "body_too_large";
                    };
                };
                /**
                 * @example {
                 *       "code": "body_too_large",
                 *       "detail": "The body is too large",
                 *       "errors": [],
                 *       "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "retryable": false,
                 *       "status": 413,
                 *       "title": "The body is too large",
                 *       "type": "/problems/body_too_large"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "body_too_large";
                };
            };
        };
        /** @description The address is too long (`uri_too_long`). */
        "414.uri_too_long": {
            headers: {
                "X-Request-ID": components["headers"]["X-Request-ID"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "details": {
                 *         "code": "uri_too_long",
                 *         "detail": "The address is too long",
                 *         "errors": [],
                 *         "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "retryable": false,
                 *         "status": 414,
                 *         "title": "The address is too long",
                 *         "type": "/problems/uri_too_long"
                 *       },
                 *       "msg": "The address is too long",
                 *       "status": false
                 *     }
                 */
                "application/json": components["schemas"]["ErrorEnvelope"] & {
                    details?: {
                        /** @enum {unknown} */
                        code?: "uri_too_long";
                    };
                };
                /**
                 * @example {
                 *       "code": "uri_too_long",
                 *       "detail": "The address is too long",
                 *       "errors": [],
                 *       "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "retryable": false,
                 *       "status": 414,
                 *       "title": "The address is too long",
                 *       "type": "/problems/uri_too_long"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "uri_too_long";
                };
            };
        };
        /** @description The address is too long (`uri_too_long`). */
        "414.uri_too_long.limited": {
            headers: {
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "X-Request-ID": components["headers"]["X-Request-ID"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "details": {
                 *         "code": "uri_too_long",
                 *         "detail": "The address is too long",
                 *         "errors": [],
                 *         "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "retryable": false,
                 *         "status": 414,
                 *         "title": "The address is too long",
                 *         "type": "/problems/uri_too_long"
                 *       },
                 *       "msg": "The address is too long",
                 *       "status": false
                 *     }
                 */
                "application/json": components["schemas"]["ErrorEnvelope"] & {
                    details?: {
                        /** @enum {unknown} */
                        code?: "uri_too_long";
                    };
                };
                /**
                 * @example {
                 *       "code": "uri_too_long",
                 *       "detail": "The address is too long",
                 *       "errors": [],
                 *       "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "retryable": false,
                 *       "status": 414,
                 *       "title": "The address is too long",
                 *       "type": "/problems/uri_too_long"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "uri_too_long";
                };
            };
        };
        /** @description Unsupported media type (`unsupported_media_type`). */
        "415.unsupported_media_type": {
            headers: {
                "X-Request-ID": components["headers"]["X-Request-ID"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "details": {
                 *         "code": "unsupported_media_type",
                 *         "detail": "Unsupported media type",
                 *         "errors": [],
                 *         "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "retryable": false,
                 *         "status": 415,
                 *         "title": "Unsupported media type",
                 *         "type": "/problems/unsupported_media_type"
                 *       },
                 *       "msg": "Unsupported media type",
                 *       "status": false
                 *     }
                 */
                "application/json": components["schemas"]["ErrorEnvelope"] & {
                    details?: {
                        /** @enum {unknown} */
                        code?: "unsupported_media_type";
                    };
                };
                /**
                 * @example {
                 *       "code": "unsupported_media_type",
                 *       "detail": "Unsupported media type",
                 *       "errors": [],
                 *       "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "retryable": false,
                 *       "status": 415,
                 *       "title": "Unsupported media type",
                 *       "type": "/problems/unsupported_media_type"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "unsupported_media_type";
                };
            };
        };
        /** @description Unsupported media type (`unsupported_media_type`). */
        "415.unsupported_media_type.limited": {
            headers: {
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "X-Request-ID": components["headers"]["X-Request-ID"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "details": {
                 *         "code": "unsupported_media_type",
                 *         "detail": "Unsupported media type",
                 *         "errors": [],
                 *         "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "retryable": false,
                 *         "status": 415,
                 *         "title": "Unsupported media type",
                 *         "type": "/problems/unsupported_media_type"
                 *       },
                 *       "msg": "Unsupported media type",
                 *       "status": false
                 *     }
                 */
                "application/json": components["schemas"]["ErrorEnvelope"] & {
                    details?: {
                        /** @enum {unknown} */
                        code?: "unsupported_media_type";
                    };
                };
                /**
                 * @example {
                 *       "code": "unsupported_media_type",
                 *       "detail": "Unsupported media type",
                 *       "errors": [],
                 *       "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "retryable": false,
                 *       "status": 415,
                 *       "title": "Unsupported media type",
                 *       "type": "/problems/unsupported_media_type"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "unsupported_media_type";
                };
            };
        };
        /** @description There is no such category (`category_unknown`); The key belongs to another request (`idempotency_key_reused`); The input is not valid (`validation_failed`). */
        "422.category_unknown.idempotency_key_reused.validation_failed.limited": {
            headers: {
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "X-Request-ID": components["headers"]["X-Request-ID"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "details": {
                 *         "code": "category_unknown",
                 *         "detail": "There is no such category",
                 *         "errors": [],
                 *         "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "retryable": false,
                 *         "status": 422,
                 *         "title": "There is no such category",
                 *         "type": "/problems/category_unknown"
                 *       },
                 *       "msg": "There is no such category",
                 *       "status": false
                 *     }
                 */
                "application/json": components["schemas"]["ErrorEnvelope"] & {
                    details?: {
                        /** @enum {unknown} */
                        code?: "category_unknown" | "idempotency_key_reused" | "validation_failed";
                    };
                };
                /**
                 * @example {
                 *       "code": "category_unknown",
                 *       "detail": "There is no such category",
                 *       "errors": [],
                 *       "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "retryable": false,
                 *       "status": 422,
                 *       "title": "There is no such category",
                 *       "type": "/problems/category_unknown"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "category_unknown" | "idempotency_key_reused" | "validation_failed";
                };
            };
        };
        /** @description The key belongs to another request (`idempotency_key_reused`); No line has such a quantity (`quantity_refused`); The input is not valid (`validation_failed`). */
        "422.idempotency_key_reused.quantity_refused.validation_failed.limited": {
            headers: {
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "X-Request-ID": components["headers"]["X-Request-ID"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "details": {
                 *         "code": "idempotency_key_reused",
                 *         "detail": "The key belongs to another request",
                 *         "errors": [],
                 *         "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "retryable": false,
                 *         "status": 422,
                 *         "title": "The key belongs to another request",
                 *         "type": "/problems/idempotency_key_reused"
                 *       },
                 *       "msg": "The key belongs to another request",
                 *       "status": false
                 *     }
                 */
                "application/json": components["schemas"]["ErrorEnvelope"] & {
                    details?: {
                        /** @enum {unknown} */
                        code?: "idempotency_key_reused" | "quantity_refused" | "validation_failed";
                    };
                };
                /**
                 * @example {
                 *       "code": "idempotency_key_reused",
                 *       "detail": "The key belongs to another request",
                 *       "errors": [],
                 *       "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "retryable": false,
                 *       "status": 422,
                 *       "title": "The key belongs to another request",
                 *       "type": "/problems/idempotency_key_reused"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "idempotency_key_reused" | "quantity_refused" | "validation_failed";
                };
            };
        };
        /** @description The key belongs to another request (`idempotency_key_reused`); The input is not valid (`validation_failed`). */
        "422.idempotency_key_reused.validation_failed.limited": {
            headers: {
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "X-Request-ID": components["headers"]["X-Request-ID"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "details": {
                 *         "code": "idempotency_key_reused",
                 *         "detail": "The key belongs to another request",
                 *         "errors": [],
                 *         "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "retryable": false,
                 *         "status": 422,
                 *         "title": "The key belongs to another request",
                 *         "type": "/problems/idempotency_key_reused"
                 *       },
                 *       "msg": "The key belongs to another request",
                 *       "status": false
                 *     }
                 */
                "application/json": components["schemas"]["ErrorEnvelope"] & {
                    details?: {
                        /** @enum {unknown} */
                        code?: "idempotency_key_reused" | "validation_failed";
                    };
                };
                /**
                 * @example {
                 *       "code": "idempotency_key_reused",
                 *       "detail": "The key belongs to another request",
                 *       "errors": [],
                 *       "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "retryable": false,
                 *       "status": 422,
                 *       "title": "The key belongs to another request",
                 *       "type": "/problems/idempotency_key_reused"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "idempotency_key_reused" | "validation_failed";
                };
            };
        };
        /** @description The input is not valid (`validation_failed`). */
        "422.validation_failed": {
            headers: {
                "X-Request-ID": components["headers"]["X-Request-ID"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "details": {
                 *         "code": "validation_failed",
                 *         "detail": "The input is not valid",
                 *         "errors": [],
                 *         "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "retryable": false,
                 *         "status": 422,
                 *         "title": "The input is not valid",
                 *         "type": "/problems/validation_failed"
                 *       },
                 *       "msg": "The input is not valid",
                 *       "status": false
                 *     }
                 */
                "application/json": components["schemas"]["ErrorEnvelope"] & {
                    details?: {
                        /** @enum {unknown} */
                        code?: "validation_failed";
                    };
                };
                /**
                 * @example {
                 *       "code": "validation_failed",
                 *       "detail": "The input is not valid",
                 *       "errors": [],
                 *       "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "retryable": false,
                 *       "status": 422,
                 *       "title": "The input is not valid",
                 *       "type": "/problems/validation_failed"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "validation_failed";
                };
            };
        };
        /** @description The input is not valid (`validation_failed`). */
        "422.validation_failed.limited": {
            headers: {
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "X-Request-ID": components["headers"]["X-Request-ID"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "details": {
                 *         "code": "validation_failed",
                 *         "detail": "The input is not valid",
                 *         "errors": [],
                 *         "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "retryable": false,
                 *         "status": 422,
                 *         "title": "The input is not valid",
                 *         "type": "/problems/validation_failed"
                 *       },
                 *       "msg": "The input is not valid",
                 *       "status": false
                 *     }
                 */
                "application/json": components["schemas"]["ErrorEnvelope"] & {
                    details?: {
                        /** @enum {unknown} */
                        code?: "validation_failed";
                    };
                };
                /**
                 * @example {
                 *       "code": "validation_failed",
                 *       "detail": "The input is not valid",
                 *       "errors": [],
                 *       "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "retryable": false,
                 *       "status": 422,
                 *       "title": "The input is not valid",
                 *       "type": "/problems/validation_failed"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "validation_failed";
                };
            };
        };
        /** @description If-Match is required (`precondition_required`). */
        "428.precondition_required.limited": {
            headers: {
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "X-Request-ID": components["headers"]["X-Request-ID"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "details": {
                 *         "code": "precondition_required",
                 *         "detail": "If-Match is required",
                 *         "errors": [],
                 *         "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "retryable": false,
                 *         "status": 428,
                 *         "title": "If-Match is required",
                 *         "type": "/problems/precondition_required"
                 *       },
                 *       "msg": "If-Match is required",
                 *       "status": false
                 *     }
                 */
                "application/json": components["schemas"]["ErrorEnvelope"] & {
                    details?: {
                        /** @enum {unknown} */
                        code?: "precondition_required";
                    };
                };
                /**
                 * @example {
                 *       "code": "precondition_required",
                 *       "detail": "If-Match is required",
                 *       "errors": [],
                 *       "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "retryable": false,
                 *       "status": 428,
                 *       "title": "If-Match is required",
                 *       "type": "/problems/precondition_required"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "precondition_required";
                };
            };
        };
        /** @description Too many requests (`rate_limited`). */
        "429.rate_limited.limited": {
            headers: {
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "Retry-After": components["headers"]["Retry-After"];
                "X-Request-ID": components["headers"]["X-Request-ID"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "details": {
                 *         "code": "rate_limited",
                 *         "detail": "Too many requests",
                 *         "errors": [],
                 *         "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "retryable": true,
                 *         "status": 429,
                 *         "title": "Too many requests",
                 *         "type": "/problems/rate_limited"
                 *       },
                 *       "msg": "Too many requests",
                 *       "status": false
                 *     }
                 */
                "application/json": components["schemas"]["ErrorEnvelope"] & {
                    details?: {
                        /** @enum {unknown} */
                        code?: "rate_limited";
                    };
                };
                /**
                 * @example {
                 *       "code": "rate_limited",
                 *       "detail": "Too many requests",
                 *       "errors": [],
                 *       "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "retryable": true,
                 *       "status": 429,
                 *       "title": "Too many requests",
                 *       "type": "/problems/rate_limited"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "rate_limited";
                };
            };
        };
        /** @description The headers are too large (`headers_too_large`). */
        "431.headers_too_large": {
            headers: {
                "X-Request-ID": components["headers"]["X-Request-ID"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "details": {
                 *         "code": "headers_too_large",
                 *         "detail": "The headers are too large",
                 *         "errors": [],
                 *         "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "retryable": false,
                 *         "status": 431,
                 *         "title": "The headers are too large",
                 *         "type": "/problems/headers_too_large"
                 *       },
                 *       "msg": "The headers are too large",
                 *       "status": false
                 *     }
                 */
                "application/json": components["schemas"]["ErrorEnvelope"] & {
                    details?: {
                        /** @enum {unknown} */
                        code?: "headers_too_large";
                    };
                };
                /**
                 * @example {
                 *       "code": "headers_too_large",
                 *       "detail": "The headers are too large",
                 *       "errors": [],
                 *       "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "retryable": false,
                 *       "status": 431,
                 *       "title": "The headers are too large",
                 *       "type": "/problems/headers_too_large"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "headers_too_large";
                };
            };
        };
        /** @description The headers are too large (`headers_too_large`). */
        "431.headers_too_large.limited": {
            headers: {
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "X-Request-ID": components["headers"]["X-Request-ID"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "details": {
                 *         "code": "headers_too_large",
                 *         "detail": "The headers are too large",
                 *         "errors": [],
                 *         "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "retryable": false,
                 *         "status": 431,
                 *         "title": "The headers are too large",
                 *         "type": "/problems/headers_too_large"
                 *       },
                 *       "msg": "The headers are too large",
                 *       "status": false
                 *     }
                 */
                "application/json": components["schemas"]["ErrorEnvelope"] & {
                    details?: {
                        /** @enum {unknown} */
                        code?: "headers_too_large";
                    };
                };
                /**
                 * @example {
                 *       "code": "headers_too_large",
                 *       "detail": "The headers are too large",
                 *       "errors": [],
                 *       "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "retryable": false,
                 *       "status": 431,
                 *       "title": "The headers are too large",
                 *       "type": "/problems/headers_too_large"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "headers_too_large";
                };
            };
        };
        /** @description Whether it was done is not known (`outcome_unknown`); Not available right now (`unavailable`). */
        "503.outcome_unknown.unavailable": {
            headers: {
                "Retry-After": components["headers"]["Retry-After"];
                "X-Request-ID": components["headers"]["X-Request-ID"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "details": {
                 *         "code": "outcome_unknown",
                 *         "detail": "Whether it was done is not known",
                 *         "errors": [],
                 *         "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "retryable": true,
                 *         "status": 503,
                 *         "title": "Whether it was done is not known",
                 *         "type": "/problems/outcome_unknown"
                 *       },
                 *       "msg": "Whether it was done is not known",
                 *       "status": false
                 *     }
                 */
                "application/json": components["schemas"]["ErrorEnvelope"] & {
                    details?: {
                        /** @enum {unknown} */
                        code?: "outcome_unknown" | "unavailable";
                    };
                };
                /**
                 * @example {
                 *       "code": "outcome_unknown",
                 *       "detail": "Whether it was done is not known",
                 *       "errors": [],
                 *       "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "retryable": true,
                 *       "status": 503,
                 *       "title": "Whether it was done is not known",
                 *       "type": "/problems/outcome_unknown"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "outcome_unknown" | "unavailable";
                };
            };
        };
        /** @description Whether it was done is not known (`outcome_unknown`); Not available right now (`unavailable`). */
        "503.outcome_unknown.unavailable.limited": {
            headers: {
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "Retry-After": components["headers"]["Retry-After"];
                "X-Request-ID": components["headers"]["X-Request-ID"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "details": {
                 *         "code": "outcome_unknown",
                 *         "detail": "Whether it was done is not known",
                 *         "errors": [],
                 *         "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "retryable": true,
                 *         "status": 503,
                 *         "title": "Whether it was done is not known",
                 *         "type": "/problems/outcome_unknown"
                 *       },
                 *       "msg": "Whether it was done is not known",
                 *       "status": false
                 *     }
                 */
                "application/json": components["schemas"]["ErrorEnvelope"] & {
                    details?: {
                        /** @enum {unknown} */
                        code?: "outcome_unknown" | "unavailable";
                    };
                };
                /**
                 * @example {
                 *       "code": "outcome_unknown",
                 *       "detail": "Whether it was done is not known",
                 *       "errors": [],
                 *       "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "retryable": true,
                 *       "status": 503,
                 *       "title": "Whether it was done is not known",
                 *       "type": "/problems/outcome_unknown"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "outcome_unknown" | "unavailable";
                };
            };
        };
        /** @description Not available right now (`unavailable`). */
        "503.unavailable": {
            headers: {
                "Retry-After": components["headers"]["Retry-After"];
                "X-Request-ID": components["headers"]["X-Request-ID"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "details": {
                 *         "code": "unavailable",
                 *         "detail": "Not available right now",
                 *         "errors": [],
                 *         "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "retryable": true,
                 *         "status": 503,
                 *         "title": "Not available right now",
                 *         "type": "/problems/unavailable"
                 *       },
                 *       "msg": "Not available right now",
                 *       "status": false
                 *     }
                 */
                "application/json": components["schemas"]["ErrorEnvelope"] & {
                    details?: {
                        /** @enum {unknown} */
                        code?: "unavailable";
                    };
                };
                /**
                 * @example {
                 *       "code": "unavailable",
                 *       "detail": "Not available right now",
                 *       "errors": [],
                 *       "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "retryable": true,
                 *       "status": 503,
                 *       "title": "Not available right now",
                 *       "type": "/problems/unavailable"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "unavailable";
                };
            };
        };
        /** @description Not available right now (`unavailable`). */
        "503.unavailable.limited": {
            headers: {
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "Retry-After": components["headers"]["Retry-After"];
                "X-Request-ID": components["headers"]["X-Request-ID"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "details": {
                 *         "code": "unavailable",
                 *         "detail": "Not available right now",
                 *         "errors": [],
                 *         "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "retryable": true,
                 *         "status": 503,
                 *         "title": "Not available right now",
                 *         "type": "/problems/unavailable"
                 *       },
                 *       "msg": "Not available right now",
                 *       "status": false
                 *     }
                 */
                "application/json": components["schemas"]["ErrorEnvelope"] & {
                    details?: {
                        /** @enum {unknown} */
                        code?: "unavailable";
                    };
                };
                /**
                 * @example {
                 *       "code": "unavailable",
                 *       "detail": "Not available right now",
                 *       "errors": [],
                 *       "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "retryable": true,
                 *       "status": 503,
                 *       "title": "Not available right now",
                 *       "type": "/problems/unavailable"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "unavailable";
                };
            };
        };
        /** @description A fault of ours, or a status that this document does not know. */
        Unexpected: {
            headers: {
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "X-Request-ID": components["headers"]["X-Request-ID"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "details": {
                 *         "code": "internal_error",
                 *         "detail": "Something went wrong on our side",
                 *         "errors": [],
                 *         "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *         "retryable": true,
                 *         "status": 500,
                 *         "title": "Something went wrong on our side",
                 *         "type": "/problems/internal_error"
                 *       },
                 *       "msg": "Something went wrong on our side",
                 *       "status": false
                 *     }
                 */
                "application/json": components["schemas"]["ErrorEnvelope"];
                /**
                 * @example {
                 *       "code": "internal_error",
                 *       "detail": "Something went wrong on our side",
                 *       "errors": [],
                 *       "instance": "urn:uuid:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "retryable": true,
                 *       "status": 500,
                 *       "title": "Something went wrong on our side",
                 *       "type": "/problems/internal_error"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
    };
    parameters: never;
    requestBodies: never;
    headers: {
        /** @description It is a download, with a file name. */
        "Content-Disposition": string;
        /** @description The version, to be sent as `If-Match` or `If-None-Match`. */
        ETag: string;
        /** @description The version, where the query asks for no more than that counts. */
        "ETag-Some": string;
        /** @description `true`: the first answer to this key again. */
        "Idempotent-Replayed": "true";
        /** @description The next page, where there is one. */
        Link: string;
        /** @description The path of what was made or begun. */
        Location: string;
        /** @description Of the fullest window: requests that are left, and in how many seconds all are there again. */
        RateLimit: string;
        /** @description The windows that the request counts in: name, requests, seconds (draft-ietf-httpapi-ratelimit-headers). */
        "RateLimit-Policy": string;
        /** @description Seconds to wait. */
        "Retry-After": string;
        /** @description Seconds to wait, where waiting helps. */
        "Retry-After-Some": string;
        /** @description The refresh token, where it travels in a cookie. */
        "Set-Cookie": string;
        /** @description The scheme. */
        "WWW-Authenticate": string;
        /** @description The id of the request, for logs and support. */
        "X-Request-ID": string;
    };
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    well_known_get_keys: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "keys": [
                     *         {
                     *           "alg": "EdDSA",
                     *           "crv": "Ed25519",
                     *           "kid": "2026-11",
                     *           "kty": "OKP",
                     *           "use": "sig",
                     *           "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["KeySetOut"];
                };
            };
            400: components["responses"]["400.bad_header.bad_host.bad_request"];
            408: components["responses"]["408.request_timeout"];
            413: components["responses"]["413.body_too_large"];
            414: components["responses"]["414.uri_too_long"];
            422: components["responses"]["422.validation_failed"];
            431: components["responses"]["431.headers_too_large"];
            503: components["responses"]["503.unavailable"];
            default: components["responses"]["Unexpected"];
        };
    };
    access_get_explanation: {
        parameters: {
            query: {
                /** @description a permission's id, as GET /permissions lists them */
                permission: string;
                /** @description a member; the caller where it is left out */
                user_id?: string | null;
            };
            header: {
                /** @description The tenant's id or slug. It selects; membership is checked each time. */
                "X-Tenant-ID": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "decision": {
                     *         "allowed": true,
                     *         "granted_by": [
                     *           "admin"
                     *         ],
                     *         "missing": [
                     *           "catalog.products:write"
                     *         ],
                     *         "reason": "asked for by the customer",
                     *         "rule": "permission"
                     *       },
                     *       "member_state": "active",
                     *       "mfa": {
                     *         "proved": true,
                     *         "required": true
                     *       },
                     *       "permission": "catalog.products:read",
                     *       "roles": [
                     *         {
                     *           "holds": true,
                     *           "key": "stock-keeper",
                     *           "permissions": [
                     *             "catalog.products:read"
                     *           ],
                     *           "system": true
                     *         }
                     *       ],
                     *       "tenant": {
                     *         "included": true,
                     *         "module": "catalog",
                     *         "plan": "standard",
                     *         "state": "active"
                     *       },
                     *       "user_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00"
                     *     }
                     */
                    "application/json": components["schemas"]["AccessOut"];
                };
            };
            400: components["responses"]["400.bad_header.bad_host.bad_request.tenant_invalid.tenant_required.limited"];
            401: components["responses"]["401.key_owner_gone.session_ended.token_expired.unauthenticated.limited"];
            403: components["responses"]["403.mfa_enrollment_required.permission_denied.person_required.tenant_suspended.limited"];
            404: components["responses"]["404.not_found.tenant_not_found.limited"];
            408: components["responses"]["408.request_timeout.limited"];
            413: components["responses"]["413.body_too_large.limited"];
            414: components["responses"]["414.uri_too_long.limited"];
            422: components["responses"]["422.validation_failed.limited"];
            429: components["responses"]["429.rate_limited.limited"];
            431: components["responses"]["431.headers_too_large.limited"];
            503: components["responses"]["503.unavailable.limited"];
            default: components["responses"]["Unexpected"];
        };
    };
    activity_get_activity: {
        parameters: {
            query?: never;
            header?: {
                /** @description The tenant's id or slug. It selects; membership is checked each time. With an access token it is needed: 400 `tenant_required` without it. An API key stands for its own tenant: it may be left out, and another's is 404. */
                "X-Tenant-ID"?: string;
            };
            path: {
                /** @description `X-Request-ID` of the answer */
                request_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "audit": [
                     *         {
                     *           "action": "catalog.product.changed",
                     *           "actor": "user:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                     *           "address": "203.0.113.7",
                     *           "after": {},
                     *           "at": "2026-01-31T12:00:00Z",
                     *           "before": {},
                     *           "id": "42",
                     *           "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                     *           "target": "product:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                     *           "user_agent": "Mozilla/5.0"
                     *         }
                     *       ],
                     *       "events": [
                     *         {
                     *           "actor": "user:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                     *           "at": "2026-01-31T12:00:00Z",
                     *           "deliveries": [
                     *             {
                     *               "attempt": 1,
                     *               "created_at": "2026-01-31T12:00:00Z",
                     *               "due_at": "2026-01-31T12:00:00Z",
                     *               "error": "TimeoutError",
                     *               "events": [
                     *                 {
                     *                   "actor": "user:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                     *                   "at": "2026-01-31T12:00:00Z",
                     *                   "deliveries": [
                     *                     {
                     *                       "attempt": 1,
                     *                       "created_at": "2026-01-31T12:00:00Z",
                     *                       "due_at": "2026-01-31T12:00:00Z",
                     *                       "error": "TimeoutError",
                     *                       "events": [
                     *                         {
                     *                           "actor": "user:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                     *                           "at": "2026-01-31T12:00:00Z",
                     *                           "deliveries": [
                     *                             {
                     *                               "attempt": 1,
                     *                               "created_at": "2026-01-31T12:00:00Z",
                     *                               "due_at": "2026-01-31T12:00:00Z",
                     *                               "error": null,
                     *                               "events": [],
                     *                               "finished_at": null,
                     *                               "handler": "catalog.handlers.count_created",
                     *                               "id": "42",
                     *                               "queue": "default",
                     *                               "replays": 1,
                     *                               "started_at": null,
                     *                               "state": "active",
                     *                               "task": null
                     *                             }
                     *                           ],
                     *                           "event_version": 1,
                     *                           "id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                     *                           "name": "Nora New"
                     *                         }
                     *                       ],
                     *                       "finished_at": "2026-01-31T12:00:00Z",
                     *                       "handler": "catalog.handlers.count_created",
                     *                       "id": "42",
                     *                       "queue": "default",
                     *                       "replays": 1,
                     *                       "started_at": "2026-01-31T12:00:00Z",
                     *                       "state": "active",
                     *                       "task": {
                     *                         "attempt": 1,
                     *                         "created_at": "2026-01-31T12:00:00Z",
                     *                         "done": 1,
                     *                         "error": "TimeoutError",
                     *                         "finished_at": "2026-01-31T12:00:00Z",
                     *                         "id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                     *                         "kind": "catalog.reprice",
                     *                         "started_at": "2026-01-31T12:00:00Z",
                     *                         "state": "active",
                     *                         "total": 1,
                     *                         "unit": "products"
                     *                       }
                     *                     }
                     *                   ],
                     *                   "event_version": 1,
                     *                   "id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                     *                   "name": "Nora New"
                     *                 }
                     *               ],
                     *               "finished_at": "2026-01-31T12:00:00Z",
                     *               "handler": "catalog.handlers.count_created",
                     *               "id": "42",
                     *               "queue": "default",
                     *               "replays": 1,
                     *               "started_at": "2026-01-31T12:00:00Z",
                     *               "state": "active",
                     *               "task": {
                     *                 "attempt": 1,
                     *                 "created_at": "2026-01-31T12:00:00Z",
                     *                 "done": 1,
                     *                 "error": "TimeoutError",
                     *                 "finished_at": "2026-01-31T12:00:00Z",
                     *                 "id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                     *                 "kind": "catalog.reprice",
                     *                 "started_at": "2026-01-31T12:00:00Z",
                     *                 "state": "active",
                     *                 "total": 1,
                     *                 "unit": "products"
                     *               }
                     *             }
                     *           ],
                     *           "event_version": 1,
                     *           "id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                     *           "name": "Nora New"
                     *         }
                     *       ],
                     *       "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                     *       "tasks": [
                     *         {
                     *           "attempt": 1,
                     *           "created_at": "2026-01-31T12:00:00Z",
                     *           "done": 1,
                     *           "error": "TimeoutError",
                     *           "finished_at": "2026-01-31T12:00:00Z",
                     *           "id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                     *           "kind": "catalog.reprice",
                     *           "started_at": "2026-01-31T12:00:00Z",
                     *           "state": "active",
                     *           "total": 1,
                     *           "unit": "products"
                     *         }
                     *       ],
                     *       "truncated": true
                     *     }
                     */
                    "application/json": components["schemas"]["Activity"];
                };
            };
            400: components["responses"]["400.bad_header.bad_host.bad_request.tenant_invalid.tenant_required.limited"];
            401: components["responses"]["401.key_owner_gone.session_ended.token_expired.unauthenticated.limited"];
            403: components["responses"]["403.mfa_enrollment_required.permission_denied.tenant_suspended.limited"];
            404: components["responses"]["404.not_found.tenant_not_found.limited"];
            408: components["responses"]["408.request_timeout.limited"];
            413: components["responses"]["413.body_too_large.limited"];
            414: components["responses"]["414.uri_too_long.limited"];
            422: components["responses"]["422.validation_failed.limited"];
            429: components["responses"]["429.rate_limited.limited"];
            431: components["responses"]["431.headers_too_large.limited"];
            503: components["responses"]["503.unavailable.limited"];
            default: components["responses"]["Unexpected"];
        };
    };
    analytics_get_product_orders: {
        parameters: {
            query?: {
                /** @description how long a period is; at most 400 of them */
                by?: "day" | "week" | "month";
                /** @description what was sold in it alone */
                currency?: string | null;
                /** @description the first day; 29 before the last one by default */
                first_day?: string | null;
                /** @description the last day, included; today by default */
                last_day?: string | null;
            };
            header?: {
                /** @description The tenant's id or slug. It selects; membership is checked each time. With an access token it is needed: 400 `tenant_required` without it. An API key stands for its own tenant: it may be left out, and another's is 404. */
                "X-Tenant-ID"?: string;
            };
            path: {
                product_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "by": "day",
                     *       "first_day": "2026-01-31",
                     *       "last_day": "2026-01-31",
                     *       "product_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                     *       "series": [
                     *         {
                     *           "currency": "EUR",
                     *           "points": [
                     *             {
                     *               "cancelled": 1,
                     *               "gross": 1,
                     *               "orders": 1,
                     *               "paid": 1,
                     *               "pieces": 1,
                     *               "refunded": 1,
                     *               "refunds": 1,
                     *               "revenue": 1,
                     *               "start": "2026-01-31"
                     *             }
                     *           ],
                     *           "totals": {
                     *             "cancelled": 1,
                     *             "gross": 1,
                     *             "orders": 1,
                     *             "paid": 1,
                     *             "pieces": 1,
                     *             "refunded": 1,
                     *             "refunds": 1,
                     *             "revenue": 1
                     *           }
                     *         }
                     *       ],
                     *       "time_zone": "Europe/Berlin"
                     *     }
                     */
                    "application/json": components["schemas"]["ProductSalesOut"];
                };
            };
            400: components["responses"]["400.bad_header.bad_host.bad_request.tenant_invalid.tenant_required.limited"];
            401: components["responses"]["401.key_owner_gone.session_ended.token_expired.unauthenticated.limited"];
            403: components["responses"]["403.feature_not_in_plan.mfa_enrollment_required.permission_denied.tenant_suspended.limited"];
            404: components["responses"]["404.not_found.tenant_not_found.limited"];
            408: components["responses"]["408.request_timeout.limited"];
            413: components["responses"]["413.body_too_large.limited"];
            414: components["responses"]["414.uri_too_long.limited"];
            422: components["responses"]["422.validation_failed.limited"];
            429: components["responses"]["429.rate_limited.limited"];
            431: components["responses"]["431.headers_too_large.limited"];
            503: components["responses"]["503.unavailable.limited"];
            default: components["responses"]["Unexpected"];
        };
    };
    analytics_get_product_shipping: {
        parameters: {
            query?: {
                /** @description one or more of pending, inProgress, delivered, failed, by comma */
                status?: string | null;
            };
            header?: {
                /** @description The tenant's id or slug. It selects; membership is checked each time. With an access token it is needed: 400 `tenant_required` without it. An API key stands for its own tenant: it may be left out, and another's is 404. */
                "X-Tenant-ID"?: string;
            };
            path: {
                product_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "product_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                     *       "statuses": [
                     *         {
                     *           "shipments": 1,
                     *           "status": "inProgress"
                     *         }
                     *       ],
                     *       "total": 1
                     *     }
                     */
                    "application/json": components["schemas"]["ProductShippingOut"];
                };
            };
            400: components["responses"]["400.bad_header.bad_host.bad_request.tenant_invalid.tenant_required.limited"];
            401: components["responses"]["401.key_owner_gone.session_ended.token_expired.unauthenticated.limited"];
            403: components["responses"]["403.feature_not_in_plan.mfa_enrollment_required.permission_denied.tenant_suspended.limited"];
            404: components["responses"]["404.not_found.tenant_not_found.limited"];
            408: components["responses"]["408.request_timeout.limited"];
            413: components["responses"]["413.body_too_large.limited"];
            414: components["responses"]["414.uri_too_long.limited"];
            422: components["responses"]["422.validation_failed.limited"];
            429: components["responses"]["429.rate_limited.limited"];
            431: components["responses"]["431.headers_too_large.limited"];
            503: components["responses"]["503.unavailable.limited"];
            default: components["responses"]["Unexpected"];
        };
    };
    analytics_get_top_products: {
        parameters: {
            query?: {
                /** @description what was sold in it alone */
                currency?: string | null;
                /** @description the first day; 29 before the last one by default */
                first_day?: string | null;
                /** @description the last day, included; today by default */
                last_day?: string | null;
                /** @description products of each currency, 1-100 */
                limit?: number;
                /** @description what they are ranked by, the most first */
                sort?: "revenue" | "pieces" | "orders";
            };
            header?: {
                /** @description The tenant's id or slug. It selects; membership is checked each time. With an access token it is needed: 400 `tenant_required` without it. An API key stands for its own tenant: it may be left out, and another's is 404. */
                "X-Tenant-ID"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "first_day": "2026-01-31",
                     *       "last_day": "2026-01-31",
                     *       "series": [
                     *         {
                     *           "currency": "EUR",
                     *           "products": [
                     *             {
                     *               "name": "Green tea",
                     *               "orders": 1,
                     *               "pieces": 1,
                     *               "product_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                     *               "revenue": 1,
                     *               "sku": "TEA-01"
                     *             }
                     *           ]
                     *         }
                     *       ],
                     *       "time_zone": "Europe/Berlin"
                     *     }
                     */
                    "application/json": components["schemas"]["TopOut"];
                };
            };
            400: components["responses"]["400.bad_header.bad_host.bad_request.tenant_invalid.tenant_required.limited"];
            401: components["responses"]["401.key_owner_gone.session_ended.token_expired.unauthenticated.limited"];
            403: components["responses"]["403.feature_not_in_plan.mfa_enrollment_required.permission_denied.tenant_suspended.limited"];
            404: components["responses"]["404.tenant_not_found.limited"];
            408: components["responses"]["408.request_timeout.limited"];
            413: components["responses"]["413.body_too_large.limited"];
            414: components["responses"]["414.uri_too_long.limited"];
            422: components["responses"]["422.validation_failed.limited"];
            429: components["responses"]["429.rate_limited.limited"];
            431: components["responses"]["431.headers_too_large.limited"];
            503: components["responses"]["503.unavailable.limited"];
            default: components["responses"]["Unexpected"];
        };
    };
    analytics_create_rebuild: {
        parameters: {
            query?: never;
            header?: {
                /** @description 1 to 255 visible ASCII characters, chosen anew for each write. Sent again within 24 hours with the same body: the first answer, with `Idempotent-Replayed: true`; meanwhile 409, with another body 422. */
                "Idempotency-Key"?: string;
                /** @description The tenant's id or slug. It selects; membership is checked each time. With an access token it is needed: 400 `tenant_required` without it. An API key stands for its own tenant: it may be left out, and another's is 404. */
                "X-Tenant-ID"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            202: {
                headers: {
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    Location: components["headers"]["Location"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "actor": "user:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                     *       "after": [
                     *         "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00"
                     *       ],
                     *       "attempt": 1,
                     *       "cancel_requested_at": "2026-01-31T12:00:00Z",
                     *       "cancellable": true,
                     *       "created_at": "2026-01-31T12:00:00Z",
                     *       "error": "TimeoutError",
                     *       "expires_at": "2026-01-31T12:00:00Z",
                     *       "finished_at": "2026-01-31T12:00:00Z",
                     *       "id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                     *       "kind": "catalog.reprice",
                     *       "progress": {
                     *         "done": 1,
                     *         "message": "Changing prices",
                     *         "partial": {},
                     *         "total": 1,
                     *         "unit": "products"
                     *       },
                     *       "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                     *       "result": {},
                     *       "revision": 1,
                     *       "started_at": "2026-01-31T12:00:00Z",
                     *       "state": "active"
                     *     }
                     */
                    "application/json": components["schemas"]["TaskOut"];
                };
            };
            400: components["responses"]["400.bad_header.bad_host.bad_request.idempotency_key_invalid.tenant_invalid.tenant_required.limited"];
            401: components["responses"]["401.key_owner_gone.session_ended.token_expired.unauthenticated.limited"];
            403: components["responses"]["403.feature_not_in_plan.mfa_enrollment_required.permission_denied.tenant_suspended.limited"];
            404: components["responses"]["404.tenant_not_found.limited"];
            408: components["responses"]["408.request_timeout.limited"];
            409: components["responses"]["409.conflict.idempotency_in_progress.too_many_tasks.limited"];
            413: components["responses"]["413.body_too_large.limited"];
            414: components["responses"]["414.uri_too_long.limited"];
            422: components["responses"]["422.idempotency_key_reused.validation_failed.limited"];
            429: components["responses"]["429.rate_limited.limited"];
            431: components["responses"]["431.headers_too_large.limited"];
            503: components["responses"]["503.outcome_unknown.unavailable.limited"];
            default: components["responses"]["Unexpected"];
        };
    };
    analytics_get_sales: {
        parameters: {
            query?: {
                /** @description how long a period is; at most 400 of them */
                by?: "day" | "week" | "month";
                /** @description what was sold in it alone */
                currency?: string | null;
                /** @description the first day; 29 before the last one by default */
                first_day?: string | null;
                /** @description the last day, included; today by default */
                last_day?: string | null;
            };
            header?: {
                /** @description The tenant's id or slug. It selects; membership is checked each time. With an access token it is needed: 400 `tenant_required` without it. An API key stands for its own tenant: it may be left out, and another's is 404. */
                "X-Tenant-ID"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "by": "day",
                     *       "first_day": "2026-01-31",
                     *       "last_day": "2026-01-31",
                     *       "series": [
                     *         {
                     *           "currency": "EUR",
                     *           "points": [
                     *             {
                     *               "cancelled": 1,
                     *               "gross": 1,
                     *               "orders": 1,
                     *               "paid": 1,
                     *               "pieces": 1,
                     *               "refunded": 1,
                     *               "refunds": 1,
                     *               "revenue": 1,
                     *               "start": "2026-01-31"
                     *             }
                     *           ],
                     *           "totals": {
                     *             "cancelled": 1,
                     *             "gross": 1,
                     *             "orders": 1,
                     *             "paid": 1,
                     *             "pieces": 1,
                     *             "refunded": 1,
                     *             "refunds": 1,
                     *             "revenue": 1
                     *           }
                     *         }
                     *       ],
                     *       "time_zone": "Europe/Berlin"
                     *     }
                     */
                    "application/json": components["schemas"]["SalesOut"];
                };
            };
            400: components["responses"]["400.bad_header.bad_host.bad_request.tenant_invalid.tenant_required.limited"];
            401: components["responses"]["401.key_owner_gone.session_ended.token_expired.unauthenticated.limited"];
            403: components["responses"]["403.feature_not_in_plan.mfa_enrollment_required.permission_denied.tenant_suspended.limited"];
            404: components["responses"]["404.tenant_not_found.limited"];
            408: components["responses"]["408.request_timeout.limited"];
            413: components["responses"]["413.body_too_large.limited"];
            414: components["responses"]["414.uri_too_long.limited"];
            422: components["responses"]["422.validation_failed.limited"];
            429: components["responses"]["429.rate_limited.limited"];
            431: components["responses"]["431.headers_too_large.limited"];
            503: components["responses"]["503.unavailable.limited"];
            default: components["responses"]["Unexpected"];
        };
    };
    api_keys_list_keys: {
        parameters: {
            query?: {
                cursor?: string | null;
                /** @description also fetch creator, which are null otherwise; by comma */
                expand?: string | null;
                include?: "total" | null;
                /** @description items a page, 1-100 */
                limit?: number;
                /** @description text in name or prefix */
                q?: string | null;
                /** @description name, created_at, last_used_at, expires_at; a leading minus reverses; up to 3 by comma, the id decides last */
                sort?: string | null;
                /** @description one or more of active, expired, revoked, orphaned, by comma */
                state?: string | null;
            };
            header?: {
                /** @description The tenant's id or slug. It selects; membership is checked each time. With an access token it is needed: 400 `tenant_required` without it. An API key stands for its own tenant: it may be left out, and another's is 404. */
                "X-Tenant-ID"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    Link: components["headers"]["Link"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "created_at": "2026-01-31T12:00:00Z",
                     *           "created_by": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                     *           "creator": {
                     *             "email": "nora@acme.example",
                     *             "name": "Nora New",
                     *             "user_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00"
                     *           },
                     *           "expires_at": "2026-01-31T12:00:00Z",
                     *           "id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                     *           "last_used_address": "203.0.113.7",
                     *           "last_used_at": "2026-01-31T12:00:00Z",
                     *           "name": "Nora New",
                     *           "prefix": "atr_test_3kTz",
                     *           "scopes": [
                     *             "catalog.products:read"
                     *           ],
                     *           "state": "active"
                     *         }
                     *       ],
                     *       "has_more": true,
                     *       "next_cursor": "q1b2c3d4e5f6WyIwMTkzIl0",
                     *       "total": 1,
                     *       "total_capped": true
                     *     }
                     */
                    "application/json": components["schemas"]["Page_KeyOut_"];
                };
            };
            400: components["responses"]["400.bad_header.bad_host.bad_request.invalid_cursor.tenant_invalid.tenant_required.limited"];
            401: components["responses"]["401.key_owner_gone.session_ended.token_expired.unauthenticated.limited"];
            403: components["responses"]["403.mfa_enrollment_required.permission_denied.tenant_suspended.limited"];
            404: components["responses"]["404.tenant_not_found.limited"];
            408: components["responses"]["408.request_timeout.limited"];
            413: components["responses"]["413.body_too_large.limited"];
            414: components["responses"]["414.uri_too_long.limited"];
            422: components["responses"]["422.validation_failed.limited"];
            429: components["responses"]["429.rate_limited.limited"];
            431: components["responses"]["431.headers_too_large.limited"];
            503: components["responses"]["503.unavailable.limited"];
            default: components["responses"]["Unexpected"];
        };
    };
    api_keys_create_key: {
        parameters: {
            query?: never;
            header: {
                /** @description 1 to 255 visible ASCII characters, chosen anew for each write. Sent again within 24 hours with the same body: 409 `idempotency_key_used` with the id of what was made, whose secret is shown once; with another body 422. */
                "Idempotency-Key"?: string;
                /** @description The tenant's id or slug. It selects; membership is checked each time. */
                "X-Tenant-ID": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Staff import",
                 *       "scopes": [
                 *         "tenants.members:read"
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["KeyCreate"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    Location: components["headers"]["Location"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "created_at": "2026-01-31T12:00:00Z",
                     *       "created_by": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                     *       "creator": {
                     *         "email": "nora@acme.example",
                     *         "name": "Nora New",
                     *         "user_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00"
                     *       },
                     *       "expires_at": "2026-01-31T12:00:00Z",
                     *       "id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                     *       "last_used_address": "203.0.113.7",
                     *       "last_used_at": "2026-01-31T12:00:00Z",
                     *       "name": "Nora New",
                     *       "prefix": "atr_test_3kTz",
                     *       "scopes": [
                     *         "catalog.products:read"
                     *       ],
                     *       "secret": "atr_test_3kTz9QmB_x7Lw0...",
                     *       "state": "active"
                     *     }
                     */
                    "application/json": components["schemas"]["KeySecretOut"];
                };
            };
            400: components["responses"]["400.bad_header.bad_host.bad_request.idempotency_key_invalid.malformed_json.tenant_invalid.tenant_required.limited"];
            401: components["responses"]["401.key_owner_gone.session_ended.token_expired.unauthenticated.limited"];
            403: components["responses"]["403.impersonation_refused.mfa_enrollment_required.permission_denied.person_required.tenant_suspended.limited"];
            404: components["responses"]["404.tenant_not_found.limited"];
            408: components["responses"]["408.request_timeout.limited"];
            409: components["responses"]["409.conflict.idempotency_in_progress.idempotency_key_used.limited"];
            413: components["responses"]["413.body_too_large.limited"];
            414: components["responses"]["414.uri_too_long.limited"];
            415: components["responses"]["415.unsupported_media_type.limited"];
            422: components["responses"]["422.idempotency_key_reused.validation_failed.limited"];
            429: components["responses"]["429.rate_limited.limited"];
            431: components["responses"]["431.headers_too_large.limited"];
            503: components["responses"]["503.outcome_unknown.unavailable.limited"];
            default: components["responses"]["Unexpected"];
        };
    };
    api_keys_get_key: {
        parameters: {
            query?: never;
            header?: {
                /** @description The tenant's id or slug. It selects; membership is checked each time. With an access token it is needed: 400 `tenant_required` without it. An API key stands for its own tenant: it may be left out, and another's is 404. */
                "X-Tenant-ID"?: string;
            };
            path: {
                key_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "created_at": "2026-01-31T12:00:00Z",
                     *       "created_by": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                     *       "creator": {
                     *         "email": "nora@acme.example",
                     *         "name": "Nora New",
                     *         "user_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00"
                     *       },
                     *       "expires_at": "2026-01-31T12:00:00Z",
                     *       "id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                     *       "last_used_address": "203.0.113.7",
                     *       "last_used_at": "2026-01-31T12:00:00Z",
                     *       "name": "Nora New",
                     *       "prefix": "atr_test_3kTz",
                     *       "scopes": [
                     *         "catalog.products:read"
                     *       ],
                     *       "state": "active"
                     *     }
                     */
                    "application/json": components["schemas"]["KeyOut"];
                };
            };
            400: components["responses"]["400.bad_header.bad_host.bad_request.tenant_invalid.tenant_required.limited"];
            401: components["responses"]["401.key_owner_gone.session_ended.token_expired.unauthenticated.limited"];
            403: components["responses"]["403.mfa_enrollment_required.permission_denied.tenant_suspended.limited"];
            404: components["responses"]["404.not_found.tenant_not_found.limited"];
            408: components["responses"]["408.request_timeout.limited"];
            413: components["responses"]["413.body_too_large.limited"];
            414: components["responses"]["414.uri_too_long.limited"];
            422: components["responses"]["422.validation_failed.limited"];
            429: components["responses"]["429.rate_limited.limited"];
            431: components["responses"]["431.headers_too_large.limited"];
            503: components["responses"]["503.unavailable.limited"];
            default: components["responses"]["Unexpected"];
        };
    };
    api_keys_revoke_key: {
        parameters: {
            query?: never;
            header: {
                /** @description The tenant's id or slug. It selects; membership is checked each time. */
                "X-Tenant-ID": string;
            };
            path: {
                key_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "details": {},
                     *       "msg": "Done.",
                     *       "status": true
                     *     }
                     */
                    "application/json": components["schemas"]["DefaultResponse"];
                };
            };
            400: components["responses"]["400.bad_header.bad_host.bad_request.tenant_invalid.tenant_required.limited"];
            401: components["responses"]["401.key_owner_gone.session_ended.token_expired.unauthenticated.limited"];
            403: components["responses"]["403.impersonation_refused.mfa_enrollment_required.permission_denied.person_required.tenant_suspended.limited"];
            404: components["responses"]["404.not_found.tenant_not_found.limited"];
            408: components["responses"]["408.request_timeout.limited"];
            409: components["responses"]["409.api_key_revoked.conflict.limited"];
            413: components["responses"]["413.body_too_large.limited"];
            414: components["responses"]["414.uri_too_long.limited"];
            422: components["responses"]["422.validation_failed.limited"];
            429: components["responses"]["429.rate_limited.limited"];
            431: components["responses"]["431.headers_too_large.limited"];
            503: components["responses"]["503.outcome_unknown.unavailable.limited"];
            default: components["responses"]["Unexpected"];
        };
    };
    api_keys_adopt_key: {
        parameters: {
            query?: never;
            header: {
                /** @description 1 to 255 visible ASCII characters, chosen anew for each write. Sent again within 24 hours with the same body: the first answer, with `Idempotent-Replayed: true`; meanwhile 409, with another body 422. */
                "Idempotency-Key"?: string;
                /** @description The tenant's id or slug. It selects; membership is checked each time. */
                "X-Tenant-ID": string;
            };
            path: {
                key_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "created_at": "2026-01-31T12:00:00Z",
                     *       "created_by": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                     *       "creator": {
                     *         "email": "nora@acme.example",
                     *         "name": "Nora New",
                     *         "user_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00"
                     *       },
                     *       "expires_at": "2026-01-31T12:00:00Z",
                     *       "id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                     *       "last_used_address": "203.0.113.7",
                     *       "last_used_at": "2026-01-31T12:00:00Z",
                     *       "name": "Nora New",
                     *       "prefix": "atr_test_3kTz",
                     *       "scopes": [
                     *         "catalog.products:read"
                     *       ],
                     *       "state": "active"
                     *     }
                     */
                    "application/json": components["schemas"]["KeyOut"];
                };
            };
            400: components["responses"]["400.bad_header.bad_host.bad_request.idempotency_key_invalid.tenant_invalid.tenant_required.limited"];
            401: components["responses"]["401.key_owner_gone.session_ended.token_expired.unauthenticated.limited"];
            403: components["responses"]["403.impersonation_refused.mfa_enrollment_required.permission_denied.person_required.tenant_suspended.limited"];
            404: components["responses"]["404.not_found.tenant_not_found.limited"];
            408: components["responses"]["408.request_timeout.limited"];
            409: components["responses"]["409.api_key_revoked.conflict.idempotency_in_progress.limited"];
            413: components["responses"]["413.body_too_large.limited"];
            414: components["responses"]["414.uri_too_long.limited"];
            422: components["responses"]["422.idempotency_key_reused.validation_failed.limited"];
            429: components["responses"]["429.rate_limited.limited"];
            431: components["responses"]["431.headers_too_large.limited"];
            503: components["responses"]["503.outcome_unknown.unavailable.limited"];
            default: components["responses"]["Unexpected"];
        };
    };
    api_keys_rotate_key: {
        parameters: {
            query?: never;
            header: {
                /** @description 1 to 255 visible ASCII characters, chosen anew for each write. Sent again within 24 hours with the same body: 409 `idempotency_key_used` with the id of what was made, whose secret is shown once; with another body 422. */
                "Idempotency-Key"?: string;
                /** @description The tenant's id or slug. It selects; membership is checked each time. */
                "X-Tenant-ID": string;
            };
            path: {
                key_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "overlap_seconds": 86400
                 *     }
                 */
                "application/json": components["schemas"]["KeyRotate"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "created_at": "2026-01-31T12:00:00Z",
                     *       "created_by": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                     *       "creator": {
                     *         "email": "nora@acme.example",
                     *         "name": "Nora New",
                     *         "user_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00"
                     *       },
                     *       "expires_at": "2026-01-31T12:00:00Z",
                     *       "id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                     *       "last_used_address": "203.0.113.7",
                     *       "last_used_at": "2026-01-31T12:00:00Z",
                     *       "name": "Nora New",
                     *       "prefix": "atr_test_3kTz",
                     *       "scopes": [
                     *         "catalog.products:read"
                     *       ],
                     *       "secret": "atr_test_3kTz9QmB_x7Lw0...",
                     *       "state": "active"
                     *     }
                     */
                    "application/json": components["schemas"]["KeySecretOut"];
                };
            };
            400: components["responses"]["400.bad_header.bad_host.bad_request.idempotency_key_invalid.malformed_json.tenant_invalid.tenant_required.limited"];
            401: components["responses"]["401.key_owner_gone.session_ended.token_expired.unauthenticated.limited"];
            403: components["responses"]["403.impersonation_refused.mfa_enrollment_required.permission_denied.person_required.tenant_suspended.limited"];
            404: components["responses"]["404.not_found.tenant_not_found.limited"];
            408: components["responses"]["408.request_timeout.limited"];
            409: components["responses"]["409.api_key_revoked.conflict.idempotency_in_progress.idempotency_key_used.limited"];
            413: components["responses"]["413.body_too_large.limited"];
            414: components["responses"]["414.uri_too_long.limited"];
            415: components["responses"]["415.unsupported_media_type.limited"];
            422: components["responses"]["422.idempotency_key_reused.validation_failed.limited"];
            429: components["responses"]["429.rate_limited.limited"];
            431: components["responses"]["431.headers_too_large.limited"];
            503: components["responses"]["503.outcome_unknown.unavailable.limited"];
            default: components["responses"]["Unexpected"];
        };
    };
    audit_list_entries: {
        parameters: {
            query?: {
                /** @description this action; `auth.*`: all that begin with `auth.` */
                action?: string | null;
                /** @description as entries name it: `user:<id>`, `api_key:<id>` */
                actor?: string | null;
                /** @description not earlier than */
                "at[gte]"?: string | null;
                /** @description earlier than */
                "at[lt]"?: string | null;
                cursor?: string | null;
                include?: "total" | null;
                /** @description items a page, 1-100 */
                limit?: number;
                /** @description what one request did */
                request_id?: string | null;
                /** @description `<noun>:<id>` */
                target?: string | null;
            };
            header?: {
                /** @description The tenant's id or slug. It selects; membership is checked each time. With an access token it is needed: 400 `tenant_required` without it. An API key stands for its own tenant: it may be left out, and another's is 404. */
                "X-Tenant-ID"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    Link: components["headers"]["Link"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "action": "catalog.product.changed",
                     *           "actor": "user:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                     *           "address": "203.0.113.7",
                     *           "after": {},
                     *           "at": "2026-01-31T12:00:00Z",
                     *           "before": {},
                     *           "id": "42",
                     *           "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                     *           "target": "product:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                     *           "user_agent": "Mozilla/5.0"
                     *         }
                     *       ],
                     *       "has_more": true,
                     *       "next_cursor": "q1b2c3d4e5f6WyIwMTkzIl0",
                     *       "total": 1,
                     *       "total_capped": true
                     *     }
                     */
                    "application/json": components["schemas"]["Page_AuditEntryOut_"];
                };
            };
            400: components["responses"]["400.bad_header.bad_host.bad_request.invalid_cursor.tenant_invalid.tenant_required.limited"];
            401: components["responses"]["401.key_owner_gone.session_ended.token_expired.unauthenticated.limited"];
            403: components["responses"]["403.mfa_enrollment_required.permission_denied.tenant_suspended.limited"];
            404: components["responses"]["404.tenant_not_found.limited"];
            408: components["responses"]["408.request_timeout.limited"];
            413: components["responses"]["413.body_too_large.limited"];
            414: components["responses"]["414.uri_too_long.limited"];
            422: components["responses"]["422.validation_failed.limited"];
            429: components["responses"]["429.rate_limited.limited"];
            431: components["responses"]["431.headers_too_large.limited"];
            503: components["responses"]["503.unavailable.limited"];
            default: components["responses"]["Unexpected"];
        };
    };
    audit_get_entry: {
        parameters: {
            query?: never;
            header?: {
                /** @description The tenant's id or slug. It selects; membership is checked each time. With an access token it is needed: 400 `tenant_required` without it. An API key stands for its own tenant: it may be left out, and another's is 404. */
                "X-Tenant-ID"?: string;
            };
            path: {
                /** @description the entry's id */
                key: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "action": "catalog.product.changed",
                     *       "actor": "user:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                     *       "address": "203.0.113.7",
                     *       "after": {},
                     *       "at": "2026-01-31T12:00:00Z",
                     *       "before": {},
                     *       "id": "42",
                     *       "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                     *       "target": "product:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                     *       "user_agent": "Mozilla/5.0"
                     *     }
                     */
                    "application/json": components["schemas"]["AuditEntryOut"];
                };
            };
            400: components["responses"]["400.bad_header.bad_host.bad_request.tenant_invalid.tenant_required.limited"];
            401: components["responses"]["401.key_owner_gone.session_ended.token_expired.unauthenticated.limited"];
            403: components["responses"]["403.mfa_enrollment_required.permission_denied.tenant_suspended.limited"];
            404: components["responses"]["404.not_found.tenant_not_found.limited"];
            408: components["responses"]["408.request_timeout.limited"];
            413: components["responses"]["413.body_too_large.limited"];
            414: components["responses"]["414.uri_too_long.limited"];
            422: components["responses"]["422.validation_failed.limited"];
            429: components["responses"]["429.rate_limited.limited"];
            431: components["responses"]["431.headers_too_large.limited"];
            503: components["responses"]["503.unavailable.limited"];
            default: components["responses"]["Unexpected"];
        };
    };
    audit_export_entries: {
        parameters: {
            query?: {
                /** @description this action; `auth.*`: all that begin with `auth.` */
                action?: string | null;
                /** @description as entries name it: `user:<id>`, `api_key:<id>` */
                actor?: string | null;
                /** @description not earlier than */
                "at[gte]"?: string | null;
                /** @description earlier than */
                "at[lt]"?: string | null;
                /** @description csv: formulas are neutralised; jsonl: an object a line */
                format?: "csv" | "jsonl";
                /** @description what one request did */
                request_id?: string | null;
                /** @description `<noun>:<id>` */
                target?: string | null;
            };
            header?: {
                /** @description The tenant's id or slug. It selects; membership is checked each time. With an access token it is needed: 400 `tenant_required` without it. An API key stands for its own tenant: it may be left out, and another's is 404. */
                "X-Tenant-ID"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The entries, as an attachment. */
            200: {
                headers: {
                    "Content-Disposition": components["headers"]["Content-Disposition"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "action": "catalog.product.changed",
                     *       "actor": "user:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                     *       "address": "203.0.113.7",
                     *       "after": {},
                     *       "at": "2026-01-31T12:00:00Z",
                     *       "before": {},
                     *       "id": "42",
                     *       "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                     *       "target": "product:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                     *       "user_agent": "Mozilla/5.0"
                     *     }
                     */
                    "application/jsonl": components["schemas"]["AuditEntryOut"];
                    /** @example id,at,actor,action */
                    "text/csv": string;
                };
            };
            400: components["responses"]["400.bad_header.bad_host.bad_request.tenant_invalid.tenant_required.limited"];
            401: components["responses"]["401.key_owner_gone.session_ended.token_expired.unauthenticated.limited"];
            403: components["responses"]["403.mfa_enrollment_required.permission_denied.tenant_suspended.limited"];
            404: components["responses"]["404.tenant_not_found.limited"];
            408: components["responses"]["408.request_timeout.limited"];
            413: components["responses"]["413.body_too_large.limited"];
            414: components["responses"]["414.uri_too_long.limited"];
            422: components["responses"]["422.validation_failed.limited"];
            429: components["responses"]["429.rate_limited.limited"];
            431: components["responses"]["431.headers_too_large.limited"];
            503: components["responses"]["503.unavailable.limited"];
            default: components["responses"]["Unexpected"];
        };
    };
    auth_change_email: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "email": "nora@acme.example"
                 *     }
                 */
                "application/json": components["schemas"]["EmailChange"];
            };
        };
        responses: {
            /** @description Successful Response */
            202: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "details": {},
                     *       "msg": "Done.",
                     *       "status": true
                     *     }
                     */
                    "application/json": components["schemas"]["DefaultResponse"];
                };
            };
            400: components["responses"]["400.bad_header.bad_host.bad_request.malformed_json.limited"];
            401: components["responses"]["401.key_owner_gone.session_ended.step_up_required.token_expired.unauthenticated.limited"];
            403: components["responses"]["403.impersonation_refused.person_required.tenant_suspended.limited"];
            408: components["responses"]["408.request_timeout.limited"];
            409: components["responses"]["409.conflict.limited"];
            413: components["responses"]["413.body_too_large.limited"];
            414: components["responses"]["414.uri_too_long.limited"];
            415: components["responses"]["415.unsupported_media_type.limited"];
            422: components["responses"]["422.validation_failed.limited"];
            429: components["responses"]["429.rate_limited.limited"];
            431: components["responses"]["431.headers_too_large.limited"];
            503: components["responses"]["503.outcome_unknown.unavailable.limited"];
            default: components["responses"]["Unexpected"];
        };
    };
    auth_confirm_email: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "token": "t_5f2b1c0e9a8d7c6b5a4f3e2d"
                 *     }
                 */
                "application/json": components["schemas"]["ConfirmEmail"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "details": {},
                     *       "msg": "Done.",
                     *       "status": true
                     *     }
                     */
                    "application/json": components["schemas"]["DefaultResponse"];
                };
            };
            400: components["responses"]["400.bad_header.bad_host.bad_request.malformed_json.token_invalid"];
            408: components["responses"]["408.request_timeout"];
            409: components["responses"]["409.conflict"];
            413: components["responses"]["413.body_too_large"];
            414: components["responses"]["414.uri_too_long"];
            415: components["responses"]["415.unsupported_media_type"];
            422: components["responses"]["422.validation_failed"];
            431: components["responses"]["431.headers_too_large"];
            503: components["responses"]["503.outcome_unknown.unavailable"];
            default: components["responses"]["Unexpected"];
        };
    };
    auth_sign_in: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "email": "owner@acme.example",
                 *       "password": "..."
                 *     }
                 */
                "application/json": components["schemas"]["SignIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Set-Cookie": components["headers"]["Set-Cookie"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "access_token": "eyJhbGciOiJFZERTQSJ9...",
                     *       "csrf_token": "q3Zr0bJ1",
                     *       "expires_in": 1,
                     *       "refresh_token": "r_9sKf2mQx7Lw0",
                     *       "token_type": "bearer"
                     *     }
                     */
                    "application/json": components["schemas"]["SignedIn"];
                };
            };
            400: components["responses"]["400.bad_header.bad_host.bad_request.malformed_json.limited"];
            401: components["responses"]["401.invalid_credentials.mfa_required.limited"];
            408: components["responses"]["408.request_timeout.limited"];
            409: components["responses"]["409.conflict.limited"];
            413: components["responses"]["413.body_too_large.limited"];
            414: components["responses"]["414.uri_too_long.limited"];
            415: components["responses"]["415.unsupported_media_type.limited"];
            422: components["responses"]["422.validation_failed.limited"];
            429: components["responses"]["429.rate_limited.limited"];
            431: components["responses"]["431.headers_too_large.limited"];
            503: components["responses"]["503.outcome_unknown.unavailable.limited"];
            default: components["responses"]["Unexpected"];
        };
    };
    auth_sign_in_with_code: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "code": "492039",
                 *       "mfa_token": "o3bJ0y0Yx3kqfZk2m7m0yHn1oY5b1cV2S8JxQyqU9xM",
                 *       "session_transport": "body"
                 *     }
                 */
                "application/json": components["schemas"]["SignInCode"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Set-Cookie": components["headers"]["Set-Cookie"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "access_token": "eyJhbGciOiJFZERTQSJ9...",
                     *       "csrf_token": "q3Zr0bJ1",
                     *       "expires_in": 1,
                     *       "refresh_token": "r_9sKf2mQx7Lw0",
                     *       "token_type": "bearer"
                     *     }
                     */
                    "application/json": components["schemas"]["SignedIn"];
                };
            };
            400: components["responses"]["400.bad_header.bad_host.bad_request.malformed_json.limited"];
            401: components["responses"]["401.mfa_code_invalid.mfa_token_invalid.limited"];
            408: components["responses"]["408.request_timeout.limited"];
            409: components["responses"]["409.conflict.limited"];
            413: components["responses"]["413.body_too_large.limited"];
            414: components["responses"]["414.uri_too_long.limited"];
            415: components["responses"]["415.unsupported_media_type.limited"];
            422: components["responses"]["422.validation_failed.limited"];
            429: components["responses"]["429.rate_limited.limited"];
            431: components["responses"]["431.headers_too_large.limited"];
            503: components["responses"]["503.outcome_unknown.unavailable.limited"];
            default: components["responses"]["Unexpected"];
        };
    };
    auth_sign_out: {
        parameters: {
            query?: never;
            header?: {
                Origin?: string | null;
                "X-CSRF-Token"?: string | null;
            };
            path?: never;
            cookie?: {
                atrium_refresh?: string | null;
            };
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "Set-Cookie": components["headers"]["Set-Cookie"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "details": {},
                     *       "msg": "Done.",
                     *       "status": true
                     *     }
                     */
                    "application/json": components["schemas"]["DefaultResponse"];
                };
            };
            400: components["responses"]["400.bad_header.bad_host.bad_request"];
            401: components["responses"]["401.session_ended.token_expired.unauthenticated"];
            403: components["responses"]["403.csrf_failed"];
            408: components["responses"]["408.request_timeout"];
            409: components["responses"]["409.conflict"];
            413: components["responses"]["413.body_too_large"];
            414: components["responses"]["414.uri_too_long"];
            422: components["responses"]["422.validation_failed"];
            431: components["responses"]["431.headers_too_large"];
            503: components["responses"]["503.outcome_unknown.unavailable"];
            default: components["responses"]["Unexpected"];
        };
    };
    auth_get_mfa: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "enabled": true,
                     *       "enabled_at": "2026-01-31T12:00:00Z",
                     *       "recovery_codes_left": 1
                     *     }
                     */
                    "application/json": components["schemas"]["MfaOut"];
                };
            };
            400: components["responses"]["400.bad_header.bad_host.bad_request.limited"];
            401: components["responses"]["401.key_owner_gone.session_ended.token_expired.unauthenticated.limited"];
            403: components["responses"]["403.person_required.tenant_suspended.limited"];
            408: components["responses"]["408.request_timeout.limited"];
            413: components["responses"]["413.body_too_large.limited"];
            414: components["responses"]["414.uri_too_long.limited"];
            422: components["responses"]["422.validation_failed.limited"];
            429: components["responses"]["429.rate_limited.limited"];
            431: components["responses"]["431.headers_too_large.limited"];
            503: components["responses"]["503.unavailable.limited"];
            default: components["responses"]["Unexpected"];
        };
    };
    auth_renew_recovery_codes: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "recovery_codes": [
                     *         "4t7kq-0zv9m-cw2hn-x8r5d-j3fge",
                     *         "..."
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["RecoveryCodesOut"];
                };
            };
            400: components["responses"]["400.bad_header.bad_host.bad_request.limited"];
            401: components["responses"]["401.key_owner_gone.session_ended.step_up_required.token_expired.unauthenticated.limited"];
            403: components["responses"]["403.impersonation_refused.person_required.tenant_suspended.limited"];
            408: components["responses"]["408.request_timeout.limited"];
            409: components["responses"]["409.conflict.mfa_off.limited"];
            413: components["responses"]["413.body_too_large.limited"];
            414: components["responses"]["414.uri_too_long.limited"];
            422: components["responses"]["422.validation_failed.limited"];
            429: components["responses"]["429.rate_limited.limited"];
            431: components["responses"]["431.headers_too_large.limited"];
            503: components["responses"]["503.outcome_unknown.unavailable.limited"];
            default: components["responses"]["Unexpected"];
        };
    };
    auth_enrol_totp: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "secret": "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP",
                     *       "uri": "otpauth://totp/Atrium:nora@acme.example?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Atrium"
                     *     }
                     */
                    "application/json": components["schemas"]["TotpOut"];
                };
            };
            400: components["responses"]["400.bad_header.bad_host.bad_request.limited"];
            401: components["responses"]["401.key_owner_gone.session_ended.step_up_required.token_expired.unauthenticated.limited"];
            403: components["responses"]["403.impersonation_refused.person_required.tenant_suspended.limited"];
            408: components["responses"]["408.request_timeout.limited"];
            409: components["responses"]["409.conflict.mfa_already_on.limited"];
            413: components["responses"]["413.body_too_large.limited"];
            414: components["responses"]["414.uri_too_long.limited"];
            422: components["responses"]["422.validation_failed.limited"];
            429: components["responses"]["429.rate_limited.limited"];
            431: components["responses"]["431.headers_too_large.limited"];
            503: components["responses"]["503.outcome_unknown.unavailable.limited"];
            default: components["responses"]["Unexpected"];
        };
    };
    auth_remove_totp: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "details": {},
                     *       "msg": "Done.",
                     *       "status": true
                     *     }
                     */
                    "application/json": components["schemas"]["DefaultResponse"];
                };
            };
            400: components["responses"]["400.bad_header.bad_host.bad_request.limited"];
            401: components["responses"]["401.key_owner_gone.session_ended.step_up_required.token_expired.unauthenticated.limited"];
            403: components["responses"]["403.impersonation_refused.person_required.tenant_suspended.limited"];
            408: components["responses"]["408.request_timeout.limited"];
            409: components["responses"]["409.conflict.mfa_off.limited"];
            413: components["responses"]["413.body_too_large.limited"];
            414: components["responses"]["414.uri_too_long.limited"];
            422: components["responses"]["422.validation_failed.limited"];
            429: components["responses"]["429.rate_limited.limited"];
            431: components["responses"]["431.headers_too_large.limited"];
            503: components["responses"]["503.outcome_unknown.unavailable.limited"];
            default: components["responses"]["Unexpected"];
        };
    };
    auth_confirm_totp: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "code": "492039"
                 *     }
                 */
                "application/json": components["schemas"]["TotpConfirm"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "recovery_codes": [
                     *         "4t7kq-0zv9m-cw2hn-x8r5d-j3fge",
                     *         "..."
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["RecoveryCodesOut"];
                };
            };
            400: components["responses"]["400.bad_header.bad_host.bad_request.malformed_json.limited"];
            401: components["responses"]["401.key_owner_gone.mfa_code_invalid.session_ended.token_expired.unauthenticated.limited"];
            403: components["responses"]["403.impersonation_refused.person_required.tenant_suspended.limited"];
            408: components["responses"]["408.request_timeout.limited"];
            409: components["responses"]["409.conflict.mfa_already_on.mfa_off.limited"];
            413: components["responses"]["413.body_too_large.limited"];
            414: components["responses"]["414.uri_too_long.limited"];
            415: components["responses"]["415.unsupported_media_type.limited"];
            422: components["responses"]["422.validation_failed.limited"];
            429: components["responses"]["429.rate_limited.limited"];
            431: components["responses"]["431.headers_too_large.limited"];
            503: components["responses"]["503.outcome_unknown.unavailable.limited"];
            default: components["responses"]["Unexpected"];
        };
    };
    auth_change_password: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "current_password": "correct horse battery staple",
                 *       "password": "correct horse battery staple"
                 *     }
                 */
                "application/json": components["schemas"]["ChangePassword"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "details": {},
                     *       "msg": "Done.",
                     *       "status": true
                     *     }
                     */
                    "application/json": components["schemas"]["DefaultResponse"];
                };
            };
            400: components["responses"]["400.bad_header.bad_host.bad_request.malformed_json.limited"];
            401: components["responses"]["401.invalid_credentials.key_owner_gone.session_ended.token_expired.unauthenticated.limited"];
            403: components["responses"]["403.impersonation_refused.person_required.tenant_suspended.limited"];
            408: components["responses"]["408.request_timeout.limited"];
            409: components["responses"]["409.conflict.limited"];
            413: components["responses"]["413.body_too_large.limited"];
            414: components["responses"]["414.uri_too_long.limited"];
            415: components["responses"]["415.unsupported_media_type.limited"];
            422: components["responses"]["422.validation_failed.limited"];
            429: components["responses"]["429.rate_limited.limited"];
            431: components["responses"]["431.headers_too_large.limited"];
            503: components["responses"]["503.outcome_unknown.unavailable.limited"];
            default: components["responses"]["Unexpected"];
        };
    };
    auth_forgot_password: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "email": "nora@acme.example"
                 *     }
                 */
                "application/json": components["schemas"]["ForgotPassword"];
            };
        };
        responses: {
            /** @description Successful Response */
            202: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "details": {},
                     *       "msg": "Done.",
                     *       "status": true
                     *     }
                     */
                    "application/json": components["schemas"]["DefaultResponse"];
                };
            };
            400: components["responses"]["400.bad_header.bad_host.bad_request.malformed_json.limited"];
            408: components["responses"]["408.request_timeout.limited"];
            409: components["responses"]["409.conflict.limited"];
            413: components["responses"]["413.body_too_large.limited"];
            414: components["responses"]["414.uri_too_long.limited"];
            415: components["responses"]["415.unsupported_media_type.limited"];
            422: components["responses"]["422.validation_failed.limited"];
            429: components["responses"]["429.rate_limited.limited"];
            431: components["responses"]["431.headers_too_large.limited"];
            503: components["responses"]["503.outcome_unknown.unavailable.limited"];
            default: components["responses"]["Unexpected"];
        };
    };
    auth_reset_password: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "password": "correct horse battery staple",
                 *       "token": "t_5f2b1c0e9a8d7c6b5a4f3e2d"
                 *     }
                 */
                "application/json": components["schemas"]["ResetPassword"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "details": {},
                     *       "msg": "Done.",
                     *       "status": true
                     *     }
                     */
                    "application/json": components["schemas"]["DefaultResponse"];
                };
            };
            400: components["responses"]["400.bad_header.bad_host.bad_request.malformed_json.token_invalid"];
            408: components["responses"]["408.request_timeout"];
            409: components["responses"]["409.conflict"];
            413: components["responses"]["413.body_too_large"];
            414: components["responses"]["414.uri_too_long"];
            415: components["responses"]["415.unsupported_media_type"];
            422: components["responses"]["422.validation_failed"];
            431: components["responses"]["431.headers_too_large"];
            503: components["responses"]["503.outcome_unknown.unavailable"];
            default: components["responses"]["Unexpected"];
        };
    };
    auth_refresh_session: {
        parameters: {
            query?: never;
            header?: {
                Origin?: string | null;
                "X-CSRF-Token"?: string | null;
            };
            path?: never;
            cookie?: {
                atrium_refresh?: string | null;
            };
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "refresh_token": "r_9sKf2mQx7Lw0"
                 *     }
                 */
                "application/json": components["schemas"]["Refresh"] | null;
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Set-Cookie": components["headers"]["Set-Cookie"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "access_token": "eyJhbGciOiJFZERTQSJ9...",
                     *       "csrf_token": "q3Zr0bJ1",
                     *       "expires_in": 1,
                     *       "refresh_token": "r_9sKf2mQx7Lw0",
                     *       "token_type": "bearer"
                     *     }
                     */
                    "application/json": components["schemas"]["SignedIn"];
                };
            };
            400: components["responses"]["400.bad_header.bad_host.bad_request.malformed_json.limited"];
            401: components["responses"]["401.session_ended.unauthenticated.limited"];
            403: components["responses"]["403.csrf_failed.limited"];
            408: components["responses"]["408.request_timeout.limited"];
            409: components["responses"]["409.conflict.refresh_in_progress.limited"];
            413: components["responses"]["413.body_too_large.limited"];
            414: components["responses"]["414.uri_too_long.limited"];
            415: components["responses"]["415.unsupported_media_type.limited"];
            422: components["responses"]["422.validation_failed.limited"];
            429: components["responses"]["429.rate_limited.limited"];
            431: components["responses"]["431.headers_too_large.limited"];
            503: components["responses"]["503.outcome_unknown.unavailable.limited"];
            default: components["responses"]["Unexpected"];
        };
    };
    auth_register_person: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "email": "new@acme.example",
                 *       "name": "Nora New",
                 *       "password": "seven brave otters"
                 *     }
                 */
                "application/json": components["schemas"]["Register"];
            };
        };
        responses: {
            /** @description Successful Response */
            202: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "details": {},
                     *       "msg": "Done.",
                     *       "status": true
                     *     }
                     */
                    "application/json": components["schemas"]["DefaultResponse"];
                };
            };
            400: components["responses"]["400.bad_header.bad_host.bad_request.malformed_json.limited"];
            408: components["responses"]["408.request_timeout.limited"];
            409: components["responses"]["409.conflict.limited"];
            413: components["responses"]["413.body_too_large.limited"];
            414: components["responses"]["414.uri_too_long.limited"];
            415: components["responses"]["415.unsupported_media_type.limited"];
            422: components["responses"]["422.validation_failed.limited"];
            429: components["responses"]["429.rate_limited.limited"];
            431: components["responses"]["431.headers_too_large.limited"];
            503: components["responses"]["503.outcome_unknown.unavailable.limited"];
            default: components["responses"]["Unexpected"];
        };
    };
    auth_list_sessions: {
        parameters: {
            query?: {
                cursor?: string | null;
                include?: "total" | null;
                /** @description items a page, 1-100 */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    Link: components["headers"]["Link"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "address": "203.0.113.7",
                     *           "authenticated_at": "2026-01-31T12:00:00Z",
                     *           "by_operator": true,
                     *           "created_at": "2026-01-31T12:00:00Z",
                     *           "current": true,
                     *           "expires_at": "2026-01-31T12:00:00Z",
                     *           "id": "0199a3c1-5f0e-7c44-9f0c-2b9a3a0d5e11",
                     *           "mfa": true,
                     *           "refreshed_at": "2026-01-31T12:00:00Z",
                     *           "transport": "cookie",
                     *           "user_agent": "Mozilla/5.0"
                     *         }
                     *       ],
                     *       "has_more": true,
                     *       "next_cursor": "q1b2c3d4e5f6WyIwMTkzIl0",
                     *       "total": 1,
                     *       "total_capped": true
                     *     }
                     */
                    "application/json": components["schemas"]["Page_SessionOut_"];
                };
            };
            400: components["responses"]["400.bad_header.bad_host.bad_request.invalid_cursor.limited"];
            401: components["responses"]["401.key_owner_gone.session_ended.token_expired.unauthenticated.limited"];
            403: components["responses"]["403.impersonation_refused.person_required.tenant_suspended.limited"];
            408: components["responses"]["408.request_timeout.limited"];
            413: components["responses"]["413.body_too_large.limited"];
            414: components["responses"]["414.uri_too_long.limited"];
            422: components["responses"]["422.validation_failed.limited"];
            429: components["responses"]["429.rate_limited.limited"];
            431: components["responses"]["431.headers_too_large.limited"];
            503: components["responses"]["503.unavailable.limited"];
            default: components["responses"]["Unexpected"];
        };
    };
    auth_end_other_sessions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "details": {},
                     *       "msg": "Done.",
                     *       "status": true
                     *     }
                     */
                    "application/json": components["schemas"]["DefaultResponse"];
                };
            };
            400: components["responses"]["400.bad_header.bad_host.bad_request.limited"];
            401: components["responses"]["401.key_owner_gone.session_ended.token_expired.unauthenticated.limited"];
            403: components["responses"]["403.impersonation_refused.person_required.tenant_suspended.limited"];
            408: components["responses"]["408.request_timeout.limited"];
            409: components["responses"]["409.conflict.limited"];
            413: components["responses"]["413.body_too_large.limited"];
            414: components["responses"]["414.uri_too_long.limited"];
            422: components["responses"]["422.validation_failed.limited"];
            429: components["responses"]["429.rate_limited.limited"];
            431: components["responses"]["431.headers_too_large.limited"];
            503: components["responses"]["503.outcome_unknown.unavailable.limited"];
            default: components["responses"]["Unexpected"];
        };
    };
    auth_get_session: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                session_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "address": "203.0.113.7",
                     *       "authenticated_at": "2026-01-31T12:00:00Z",
                     *       "by_operator": true,
                     *       "created_at": "2026-01-31T12:00:00Z",
                     *       "current": true,
                     *       "expires_at": "2026-01-31T12:00:00Z",
                     *       "id": "0199a3c1-5f0e-7c44-9f0c-2b9a3a0d5e11",
                     *       "mfa": true,
                     *       "refreshed_at": "2026-01-31T12:00:00Z",
                     *       "transport": "cookie",
                     *       "user_agent": "Mozilla/5.0"
                     *     }
                     */
                    "application/json": components["schemas"]["SessionOut"];
                };
            };
            400: components["responses"]["400.bad_header.bad_host.bad_request.limited"];
            401: components["responses"]["401.key_owner_gone.session_ended.token_expired.unauthenticated.limited"];
            403: components["responses"]["403.impersonation_refused.person_required.tenant_suspended.limited"];
            404: components["responses"]["404.not_found.limited"];
            408: components["responses"]["408.request_timeout.limited"];
            413: components["responses"]["413.body_too_large.limited"];
            414: components["responses"]["414.uri_too_long.limited"];
            422: components["responses"]["422.validation_failed.limited"];
            429: components["responses"]["429.rate_limited.limited"];
            431: components["responses"]["431.headers_too_large.limited"];
            503: components["responses"]["503.unavailable.limited"];
            default: components["responses"]["Unexpected"];
        };
    };
    auth_end_session: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                session_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "details": {},
                     *       "msg": "Done.",
                     *       "status": true
                     *     }
                     */
                    "application/json": components["schemas"]["DefaultResponse"];
                };
            };
            400: components["responses"]["400.bad_header.bad_host.bad_request.limited"];
            401: components["responses"]["401.key_owner_gone.session_ended.token_expired.unauthenticated.limited"];
            403: components["responses"]["403.impersonation_refused.person_required.tenant_suspended.limited"];
            404: components["responses"]["404.not_found.limited"];
            408: components["responses"]["408.request_timeout.limited"];
            409: components["responses"]["409.conflict.limited"];
            413: components["responses"]["413.body_too_large.limited"];
            414: components["responses"]["414.uri_too_long.limited"];
            422: components["responses"]["422.validation_failed.limited"];
            429: components["responses"]["429.rate_limited.limited"];
            431: components["responses"]["431.headers_too_large.limited"];
            503: components["responses"]["503.outcome_unknown.unavailable.limited"];
            default: components["responses"]["Unexpected"];
        };
    };
    auth_step_up: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "code": "492039",
                 *       "password": "correct horse battery staple"
                 *     }
                 */
                "application/json": components["schemas"]["StepUp"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "details": {},
                     *       "msg": "Done.",
                     *       "status": true
                     *     }
                     */
                    "application/json": components["schemas"]["DefaultResponse"];
                };
            };
            400: components["responses"]["400.bad_header.bad_host.bad_request.malformed_json.limited"];
            401: components["responses"]["401.invalid_credentials.key_owner_gone.mfa_code_invalid.mfa_required.session_ended.token_expired.unauthenticated.limited"];
            403: components["responses"]["403.impersonation_refused.person_required.tenant_suspended.limited"];
            408: components["responses"]["408.request_timeout.limited"];
            409: components["responses"]["409.conflict.limited"];
            413: components["responses"]["413.body_too_large.limited"];
            414: components["responses"]["414.uri_too_long.limited"];
            415: components["responses"]["415.unsupported_media_type.limited"];
            422: components["responses"]["422.validation_failed.limited"];
            429: components["responses"]["429.rate_limited.limited"];
            431: components["responses"]["431.headers_too_large.limited"];
            503: components["responses"]["503.outcome_unknown.unavailable.limited"];
            default: components["responses"]["Unexpected"];
        };
    };
    auth_verify_email: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "password": "correct horse battery staple",
                 *       "token": "t_5f2b1c0e9a8d7c6b5a4f3e2d"
                 *     }
                 */
                "application/json": components["schemas"]["VerifyEmail"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "details": {},
                     *       "msg": "Done.",
                     *       "status": true
                     *     }
                     */
                    "application/json": components["schemas"]["DefaultResponse"];
                };
            };
            400: components["responses"]["400.bad_header.bad_host.bad_request.malformed_json.token_invalid"];
            401: components["responses"]["401.invalid_credentials"];
            408: components["responses"]["408.request_timeout"];
            409: components["responses"]["409.conflict"];
            413: components["responses"]["413.body_too_large"];
            414: components["responses"]["414.uri_too_long"];
            415: components["responses"]["415.unsupported_media_type"];
            422: components["responses"]["422.validation_failed"];
            431: components["responses"]["431.headers_too_large"];
            503: components["responses"]["503.outcome_unknown.unavailable"];
            default: components["responses"]["Unexpected"];
        };
    };
    carts_list_carts: {
        parameters: {
            query?: {
                cursor?: string | null;
                include?: "total" | null;
                /** @description items a page, 1-100 */
                limit?: number;
                /** @description created_at, updated_at; a leading minus reverses; up to 3 by comma, the id decides last */
                sort?: string;
            };
            header?: {
                /** @description The tenant's id or slug. It selects; membership is checked each time. With an access token it is needed: 400 `tenant_required` without it. An API key stands for its own tenant: it may be left out, and another's is 404. */
                "X-Tenant-ID"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    Link: components["headers"]["Link"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "created_at": "2026-01-31T12:00:00Z",
                     *           "currency": "EUR",
                     *           "discount": 90,
                     *           "discount_percent": 10,
                     *           "id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                     *           "subtotal": 900,
                     *           "total": 810,
                     *           "updated_at": "2026-01-31T12:00:00Z",
                     *           "version": 1
                     *         }
                     *       ],
                     *       "has_more": true,
                     *       "next_cursor": "q1b2c3d4e5f6WyIwMTkzIl0",
                     *       "total": 1,
                     *       "total_capped": true
                     *     }
                     */
                    "application/json": components["schemas"]["Page_CartListed_"];
                };
            };
            400: components["responses"]["400.bad_header.bad_host.bad_request.invalid_cursor.tenant_invalid.tenant_required.limited"];
            401: components["responses"]["401.key_owner_gone.session_ended.token_expired.unauthenticated.limited"];
            403: components["responses"]["403.feature_not_in_plan.mfa_enrollment_required.permission_denied.tenant_suspended.limited"];
            404: components["responses"]["404.tenant_not_found.limited"];
            408: components["responses"]["408.request_timeout.limited"];
            413: components["responses"]["413.body_too_large.limited"];
            414: components["responses"]["414.uri_too_long.limited"];
            422: components["responses"]["422.validation_failed.limited"];
            429: components["responses"]["429.rate_limited.limited"];
            431: components["responses"]["431.headers_too_large.limited"];
            503: components["responses"]["503.unavailable.limited"];
            default: components["responses"]["Unexpected"];
        };
    };
    carts_create_cart: {
        parameters: {
            query?: never;
            header?: {
                /** @description 1 to 255 visible ASCII characters, chosen anew for each write. Sent again within 24 hours with the same body: the first answer, with `Idempotent-Replayed: true`; meanwhile 409, with another body 422. */
                "Idempotency-Key"?: string;
                /** @description The tenant's id or slug. It selects; membership is checked each time. With an access token it is needed: 400 `tenant_required` without it. An API key stands for its own tenant: it may be left out, and another's is 404. */
                "X-Tenant-ID"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "currency": "EUR"
                 *     }
                 */
                "application/json": components["schemas"]["CartCreate"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    Location: components["headers"]["Location"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "created_at": "2026-01-31T12:00:00Z",
                     *       "currency": "EUR",
                     *       "discount": 90,
                     *       "discount_percent": 10,
                     *       "id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                     *       "lines": [
                     *         {
                     *           "id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                     *           "name": "Green tea",
                     *           "price": 450,
                     *           "product_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                     *           "quantity": 2,
                     *           "sku": "TEA-01",
                     *           "total": 900,
                     *           "variant_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00"
                     *         }
                     *       ],
                     *       "subtotal": 900,
                     *       "total": 810,
                     *       "updated_at": "2026-01-31T12:00:00Z",
                     *       "version": 1
                     *     }
                     */
                    "application/json": components["schemas"]["CartOut"];
                };
            };
            400: components["responses"]["400.bad_header.bad_host.bad_request.idempotency_key_invalid.malformed_json.tenant_invalid.tenant_required.limited"];
            401: components["responses"]["401.key_owner_gone.session_ended.token_expired.unauthenticated.limited"];
            403: components["responses"]["403.feature_not_in_plan.mfa_enrollment_required.permission_denied.tenant_suspended.limited"];
            404: components["responses"]["404.tenant_not_found.limited"];
            408: components["responses"]["408.request_timeout.limited"];
            409: components["responses"]["409.conflict.idempotency_in_progress.limited"];
            413: components["responses"]["413.body_too_large.limited"];
            414: components["responses"]["414.uri_too_long.limited"];
            415: components["responses"]["415.unsupported_media_type.limited"];
            422: components["responses"]["422.idempotency_key_reused.validation_failed.limited"];
            429: components["responses"]["429.rate_limited.limited"];
            431: components["responses"]["431.headers_too_large.limited"];
            503: components["responses"]["503.outcome_unknown.unavailable.limited"];
            default: components["responses"]["Unexpected"];
        };
    };
    carts_get_cart: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that is known; 304 without a body where it is still the present one. */
                "If-None-Match"?: string;
                /** @description The tenant's id or slug. It selects; membership is checked each time. With an access token it is needed: 400 `tenant_required` without it. An API key stands for its own tenant: it may be left out, and another's is 404. */
                "X-Tenant-ID"?: string;
            };
            path: {
                cart_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "created_at": "2026-01-31T12:00:00Z",
                     *       "currency": "EUR",
                     *       "discount": 90,
                     *       "discount_percent": 10,
                     *       "id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                     *       "lines": [
                     *         {
                     *           "id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                     *           "name": "Green tea",
                     *           "price": 450,
                     *           "product_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                     *           "quantity": 2,
                     *           "sku": "TEA-01",
                     *           "total": 900,
                     *           "variant_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00"
                     *         }
                     *       ],
                     *       "subtotal": 900,
                     *       "total": 810,
                     *       "updated_at": "2026-01-31T12:00:00Z",
                     *       "version": 1
                     *     }
                     */
                    "application/json": components["schemas"]["CartOut"];
                };
            };
            /** @description Still the version that is known. */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["400.bad_header.bad_host.bad_request.tenant_invalid.tenant_required.limited"];
            401: components["responses"]["401.key_owner_gone.session_ended.token_expired.unauthenticated.limited"];
            403: components["responses"]["403.feature_not_in_plan.mfa_enrollment_required.permission_denied.tenant_suspended.limited"];
            404: components["responses"]["404.not_found.tenant_not_found.limited"];
            408: components["responses"]["408.request_timeout.limited"];
            413: components["responses"]["413.body_too_large.limited"];
            414: components["responses"]["414.uri_too_long.limited"];
            422: components["responses"]["422.validation_failed.limited"];
            429: components["responses"]["429.rate_limited.limited"];
            431: components["responses"]["431.headers_too_large.limited"];
            503: components["responses"]["503.unavailable.limited"];
            default: components["responses"]["Unexpected"];
        };
    };
    carts_delete_cart: {
        parameters: {
            query?: never;
            header: {
                /** @description The ETag that was read, or "*"; missing 428, changed since 412. */
                "If-Match": string;
                /** @description The tenant's id or slug. It selects; membership is checked each time. With an access token it is needed: 400 `tenant_required` without it. An API key stands for its own tenant: it may be left out, and another's is 404. */
                "X-Tenant-ID"?: string;
            };
            path: {
                cart_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "details": {},
                     *       "msg": "Done.",
                     *       "status": true
                     *     }
                     */
                    "application/json": components["schemas"]["DefaultResponse"];
                };
            };
            400: components["responses"]["400.bad_header.bad_host.bad_request.tenant_invalid.tenant_required.limited"];
            401: components["responses"]["401.key_owner_gone.session_ended.token_expired.unauthenticated.limited"];
            403: components["responses"]["403.feature_not_in_plan.mfa_enrollment_required.permission_denied.tenant_suspended.limited"];
            404: components["responses"]["404.not_found.tenant_not_found.limited"];
            408: components["responses"]["408.request_timeout.limited"];
            409: components["responses"]["409.conflict.limited"];
            412: components["responses"]["412.precondition_failed.limited"];
            413: components["responses"]["413.body_too_large.limited"];
            414: components["responses"]["414.uri_too_long.limited"];
            422: components["responses"]["422.validation_failed.limited"];
            428: components["responses"]["428.precondition_required.limited"];
            429: components["responses"]["429.rate_limited.limited"];
            431: components["responses"]["431.headers_too_large.limited"];
            503: components["responses"]["503.outcome_unknown.unavailable.limited"];
            default: components["responses"]["Unexpected"];
        };
    };
    carts_update_cart: {
        parameters: {
            query?: never;
            header: {
                /** @description 1 to 255 visible ASCII characters, chosen anew for each write. Sent again within 24 hours with the same body: the first answer, with `Idempotent-Replayed: true`; meanwhile 409, with another body 422. */
                "Idempotency-Key"?: string;
                /** @description The ETag that was read, or "*"; missing 428, changed since 412. */
                "If-Match": string;
                /** @description The tenant's id or slug. It selects; membership is checked each time. With an access token it is needed: 400 `tenant_required` without it. An API key stands for its own tenant: it may be left out, and another's is 404. */
                "X-Tenant-ID"?: string;
            };
            path: {
                cart_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "discount_percent": 10
                 *     }
                 */
                "application/json": components["schemas"]["CartUpdate"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "created_at": "2026-01-31T12:00:00Z",
                     *       "currency": "EUR",
                     *       "discount": 90,
                     *       "discount_percent": 10,
                     *       "id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                     *       "lines": [
                     *         {
                     *           "id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                     *           "name": "Green tea",
                     *           "price": 450,
                     *           "product_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                     *           "quantity": 2,
                     *           "sku": "TEA-01",
                     *           "total": 900,
                     *           "variant_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00"
                     *         }
                     *       ],
                     *       "subtotal": 900,
                     *       "total": 810,
                     *       "updated_at": "2026-01-31T12:00:00Z",
                     *       "version": 1
                     *     }
                     */
                    "application/json": components["schemas"]["CartOut"];
                };
            };
            400: components["responses"]["400.bad_header.bad_host.bad_request.idempotency_key_invalid.malformed_json.tenant_invalid.tenant_required.limited"];
            401: components["responses"]["401.key_owner_gone.session_ended.token_expired.unauthenticated.limited"];
            403: components["responses"]["403.feature_not_in_plan.mfa_enrollment_required.permission_denied.tenant_suspended.limited"];
            404: components["responses"]["404.not_found.tenant_not_found.limited"];
            408: components["responses"]["408.request_timeout.limited"];
            409: components["responses"]["409.conflict.idempotency_in_progress.limited"];
            412: components["responses"]["412.precondition_failed.limited"];
            413: components["responses"]["413.body_too_large.limited"];
            414: components["responses"]["414.uri_too_long.limited"];
            415: components["responses"]["415.unsupported_media_type.limited"];
            422: components["responses"]["422.idempotency_key_reused.validation_failed.limited"];
            428: components["responses"]["428.precondition_required.limited"];
            429: components["responses"]["429.rate_limited.limited"];
            431: components["responses"]["431.headers_too_large.limited"];
            503: components["responses"]["503.outcome_unknown.unavailable.limited"];
            default: components["responses"]["Unexpected"];
        };
    };
    carts_create_line: {
        parameters: {
            query?: never;
            header?: {
                /** @description 1 to 255 visible ASCII characters, chosen anew for each write. Sent again within 24 hours with the same body: the first answer, with `Idempotent-Replayed: true`; meanwhile 409, with another body 422. */
                "Idempotency-Key"?: string;
                /** @description The tenant's id or slug. It selects; membership is checked each time. With an access token it is needed: 400 `tenant_required` without it. An API key stands for its own tenant: it may be left out, and another's is 404. */
                "X-Tenant-ID"?: string;
            };
            path: {
                cart_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "quantity": 2,
                 *       "variant_id": "019ab3c4-0000-7000-8000-00000000000a"
                 *     }
                 */
                "application/json": components["schemas"]["LineCreate"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "created_at": "2026-01-31T12:00:00Z",
                     *       "currency": "EUR",
                     *       "discount": 90,
                     *       "discount_percent": 10,
                     *       "id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                     *       "lines": [
                     *         {
                     *           "id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                     *           "name": "Green tea",
                     *           "price": 450,
                     *           "product_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                     *           "quantity": 2,
                     *           "sku": "TEA-01",
                     *           "total": 900,
                     *           "variant_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00"
                     *         }
                     *       ],
                     *       "subtotal": 900,
                     *       "total": 810,
                     *       "updated_at": "2026-01-31T12:00:00Z",
                     *       "version": 1
                     *     }
                     */
                    "application/json": components["schemas"]["CartOut"];
                };
            };
            400: components["responses"]["400.bad_header.bad_host.bad_request.idempotency_key_invalid.malformed_json.tenant_invalid.tenant_required.limited"];
            401: components["responses"]["401.key_owner_gone.session_ended.token_expired.unauthenticated.limited"];
            403: components["responses"]["403.feature_not_in_plan.mfa_enrollment_required.permission_denied.tenant_suspended.limited"];
            404: components["responses"]["404.not_found.tenant_not_found.limited"];
            408: components["responses"]["408.request_timeout.limited"];
            409: components["responses"]["409.amount_too_large.cart_full.conflict.currency_mixed.idempotency_in_progress.product_not_for_sale.limited"];
            413: components["responses"]["413.body_too_large.limited"];
            414: components["responses"]["414.uri_too_long.limited"];
            415: components["responses"]["415.unsupported_media_type.limited"];
            422: components["responses"]["422.idempotency_key_reused.quantity_refused.validation_failed.limited"];
            429: components["responses"]["429.rate_limited.limited"];
            431: components["responses"]["431.headers_too_large.limited"];
            503: components["responses"]["503.outcome_unknown.unavailable.limited"];
            default: components["responses"]["Unexpected"];
        };
    };
    carts_delete_line: {
        parameters: {
            query?: never;
            header: {
                /** @description The ETag that was read, or "*"; missing 428, changed since 412. */
                "If-Match": string;
                /** @description The tenant's id or slug. It selects; membership is checked each time. With an access token it is needed: 400 `tenant_required` without it. An API key stands for its own tenant: it may be left out, and another's is 404. */
                "X-Tenant-ID"?: string;
            };
            path: {
                cart_id: string;
                line_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "created_at": "2026-01-31T12:00:00Z",
                     *       "currency": "EUR",
                     *       "discount": 90,
                     *       "discount_percent": 10,
                     *       "id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                     *       "lines": [
                     *         {
                     *           "id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                     *           "name": "Green tea",
                     *           "price": 450,
                     *           "product_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                     *           "quantity": 2,
                     *           "sku": "TEA-01",
                     *           "total": 900,
                     *           "variant_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00"
                     *         }
                     *       ],
                     *       "subtotal": 900,
                     *       "total": 810,
                     *       "updated_at": "2026-01-31T12:00:00Z",
                     *       "version": 1
                     *     }
                     */
                    "application/json": components["schemas"]["CartOut"];
                };
            };
            400: components["responses"]["400.bad_header.bad_host.bad_request.tenant_invalid.tenant_required.limited"];
            401: components["responses"]["401.key_owner_gone.session_ended.token_expired.unauthenticated.limited"];
            403: components["responses"]["403.feature_not_in_plan.mfa_enrollment_required.permission_denied.tenant_suspended.limited"];
            404: components["responses"]["404.not_found.tenant_not_found.limited"];
            408: components["responses"]["408.request_timeout.limited"];
            409: components["responses"]["409.conflict.limited"];
            412: components["responses"]["412.precondition_failed.limited"];
            413: components["responses"]["413.body_too_large.limited"];
            414: components["responses"]["414.uri_too_long.limited"];
            422: components["responses"]["422.validation_failed.limited"];
            428: components["responses"]["428.precondition_required.limited"];
            429: components["responses"]["429.rate_limited.limited"];
            431: components["responses"]["431.headers_too_large.limited"];
            503: components["responses"]["503.outcome_unknown.unavailable.limited"];
            default: components["responses"]["Unexpected"];
        };
    };
    carts_update_line: {
        parameters: {
            query?: never;
            header: {
                /** @description 1 to 255 visible ASCII characters, chosen anew for each write. Sent again within 24 hours with the same body: the first answer, with `Idempotent-Replayed: true`; meanwhile 409, with another body 422. */
                "Idempotency-Key"?: string;
                /** @description The ETag that was read, or "*"; missing 428, changed since 412. */
                "If-Match": string;
                /** @description The tenant's id or slug. It selects; membership is checked each time. With an access token it is needed: 400 `tenant_required` without it. An API key stands for its own tenant: it may be left out, and another's is 404. */
                "X-Tenant-ID"?: string;
            };
            path: {
                cart_id: string;
                line_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "quantity": 3
                 *     }
                 */
                "application/json": components["schemas"]["LineUpdate"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "created_at": "2026-01-31T12:00:00Z",
                     *       "currency": "EUR",
                     *       "discount": 90,
                     *       "discount_percent": 10,
                     *       "id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                     *       "lines": [
                     *         {
                     *           "id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                     *           "name": "Green tea",
                     *           "price": 450,
                     *           "product_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                     *           "quantity": 2,
                     *           "sku": "TEA-01",
                     *           "total": 900,
                     *           "variant_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00"
                     *         }
                     *       ],
                     *       "subtotal": 900,
                     *       "total": 810,
                     *       "updated_at": "2026-01-31T12:00:00Z",
                     *       "version": 1
                     *     }
                     */
                    "application/json": components["schemas"]["CartOut"];
                };
            };
            400: components["responses"]["400.bad_header.bad_host.bad_request.idempotency_key_invalid.malformed_json.tenant_invalid.tenant_required.limited"];
            401: components["responses"]["401.key_owner_gone.session_ended.token_expired.unauthenticated.limited"];
            403: components["responses"]["403.feature_not_in_plan.mfa_enrollment_required.permission_denied.tenant_suspended.limited"];
            404: components["responses"]["404.not_found.tenant_not_found.limited"];
            408: components["responses"]["408.request_timeout.limited"];
            409: components["responses"]["409.amount_too_large.conflict.idempotency_in_progress.limited"];
            412: components["responses"]["412.precondition_failed.limited"];
            413: components["responses"]["413.body_too_large.limited"];
            414: components["responses"]["414.uri_too_long.limited"];
            415: components["responses"]["415.unsupported_media_type.limited"];
            422: components["responses"]["422.idempotency_key_reused.validation_failed.limited"];
            428: components["responses"]["428.precondition_required.limited"];
            429: components["responses"]["429.rate_limited.limited"];
            431: components["responses"]["431.headers_too_large.limited"];
            503: components["responses"]["503.outcome_unknown.unavailable.limited"];
            default: components["responses"]["Unexpected"];
        };
    };
    carts_place_cart: {
        parameters: {
            query?: never;
            header: {
                /** @description 1 to 255 visible ASCII characters, chosen anew for each write. Sent again within 24 hours with the same body: the first answer, with `Idempotent-Replayed: true`; meanwhile 409, with another body 422. */
                "Idempotency-Key"?: string;
                /** @description The ETag that was read, or "*"; missing 428, changed since 412. */
                "If-Match": string;
                /** @description The tenant's id or slug. It selects; membership is checked each time. With an access token it is needed: 400 `tenant_required` without it. An API key stands for its own tenant: it may be left out, and another's is 404. */
                "X-Tenant-ID"?: string;
            };
            path: {
                cart_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "buyer_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                     *       "created_at": "2026-01-31T12:00:00Z",
                     *       "currency": "EUR",
                     *       "discount": 90,
                     *       "discount_percent": 10,
                     *       "id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                     *       "lines": [
                     *         {
                     *           "id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                     *           "name": "Green tea",
                     *           "price": 450,
                     *           "product_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                     *           "quantity": 2,
                     *           "sku": "TEA-01",
                     *           "total": 900,
                     *           "variant_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00"
                     *         }
                     *       ],
                     *       "number": 17,
                     *       "payments": [
                     *         {
                     *           "amount": 810,
                     *           "created_at": "2026-01-31T12:00:00Z",
                     *           "id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                     *           "kind": "charge",
                     *           "reason": "insufficient_funds",
                     *           "reference": "ch_019ab3c4",
                     *           "settled_at": "2026-01-31T12:00:00Z",
                     *           "state": "accepted"
                     *         }
                     *       ],
                     *       "placed_at": "2026-01-31T12:00:00Z",
                     *       "state": "placed",
                     *       "subtotal": 900,
                     *       "total": 810,
                     *       "updated_at": "2026-01-31T12:00:00Z",
                     *       "version": 1
                     *     }
                     */
                    "application/json": components["schemas"]["OrderOut"];
                };
            };
            400: components["responses"]["400.bad_header.bad_host.bad_request.idempotency_key_invalid.tenant_invalid.tenant_required.limited"];
            401: components["responses"]["401.key_owner_gone.session_ended.token_expired.unauthenticated.limited"];
            403: components["responses"]["403.feature_not_in_plan.mfa_enrollment_required.permission_denied.tenant_suspended.limited"];
            404: components["responses"]["404.not_found.tenant_not_found.limited"];
            408: components["responses"]["408.request_timeout.limited"];
            409: components["responses"]["409.cart_empty.conflict.idempotency_in_progress.out_of_stock.prices_changed.product_not_for_sale.limited"];
            412: components["responses"]["412.precondition_failed.limited"];
            413: components["responses"]["413.body_too_large.limited"];
            414: components["responses"]["414.uri_too_long.limited"];
            422: components["responses"]["422.idempotency_key_reused.validation_failed.limited"];
            428: components["responses"]["428.precondition_required.limited"];
            429: components["responses"]["429.rate_limited.limited"];
            431: components["responses"]["431.headers_too_large.limited"];
            503: components["responses"]["503.outcome_unknown.unavailable.limited"];
            default: components["responses"]["Unexpected"];
        };
    };
    carts_reprice_cart: {
        parameters: {
            query?: never;
            header: {
                /** @description 1 to 255 visible ASCII characters, chosen anew for each write. Sent again within 24 hours with the same body: the first answer, with `Idempotent-Replayed: true`; meanwhile 409, with another body 422. */
                "Idempotency-Key"?: string;
                /** @description The ETag that was read, or "*"; missing 428, changed since 412. */
                "If-Match": string;
                /** @description The tenant's id or slug. It selects; membership is checked each time. With an access token it is needed: 400 `tenant_required` without it. An API key stands for its own tenant: it may be left out, and another's is 404. */
                "X-Tenant-ID"?: string;
            };
            path: {
                cart_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "created_at": "2026-01-31T12:00:00Z",
                     *       "currency": "EUR",
                     *       "discount": 90,
                     *       "discount_percent": 10,
                     *       "id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                     *       "lines": [
                     *         {
                     *           "id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                     *           "name": "Green tea",
                     *           "price": 450,
                     *           "product_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                     *           "quantity": 2,
                     *           "sku": "TEA-01",
                     *           "total": 900,
                     *           "variant_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00"
                     *         }
                     *       ],
                     *       "subtotal": 900,
                     *       "total": 810,
                     *       "updated_at": "2026-01-31T12:00:00Z",
                     *       "version": 1
                     *     }
                     */
                    "application/json": components["schemas"]["CartOut"];
                };
            };
            400: components["responses"]["400.bad_header.bad_host.bad_request.idempotency_key_invalid.tenant_invalid.tenant_required.limited"];
            401: components["responses"]["401.key_owner_gone.session_ended.token_expired.unauthenticated.limited"];
            403: components["responses"]["403.feature_not_in_plan.mfa_enrollment_required.permission_denied.tenant_suspended.limited"];
            404: components["responses"]["404.not_found.tenant_not_found.limited"];
            408: components["responses"]["408.request_timeout.limited"];
            409: components["responses"]["409.amount_too_large.conflict.idempotency_in_progress.product_not_for_sale.limited"];
            412: components["responses"]["412.precondition_failed.limited"];
            413: components["responses"]["413.body_too_large.limited"];
            414: components["responses"]["414.uri_too_long.limited"];
            422: components["responses"]["422.idempotency_key_reused.validation_failed.limited"];
            428: components["responses"]["428.precondition_required.limited"];
            429: components["responses"]["429.rate_limited.limited"];
            431: components["responses"]["431.headers_too_large.limited"];
            503: components["responses"]["503.outcome_unknown.unavailable.limited"];
            default: components["responses"]["Unexpected"];
        };
    };
    categories_list_categories: {
        parameters: {
            query?: {
                cursor?: string | null;
                include?: "total" | null;
                /** @description items a page, 1-100 */
                limit?: number;
                /** @description right below this category */
                parent?: string | null;
                /** @description text in the name */
                q?: string | null;
                /** @description name, created_at; a leading minus reverses; up to 3 by comma, the id decides last */
                sort?: string;
            };
            header?: {
                /** @description The tenant's id or slug. It selects; membership is checked each time. With an access token it is needed: 400 `tenant_required` without it. An API key stands for its own tenant: it may be left out, and another's is 404. */
                "X-Tenant-ID"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    Link: components["headers"]["Link"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "created_at": "2026-01-31T12:00:00Z",
                     *           "id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                     *           "name": "Drinks",
                     *           "parent_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                     *           "updated_at": "2026-01-31T12:00:00Z",
                     *           "version": 1
                     *         }
                     *       ],
                     *       "has_more": true,
                     *       "next_cursor": "q1b2c3d4e5f6WyIwMTkzIl0",
                     *       "total": 1,
                     *       "total_capped": true
                     *     }
                     */
                    "application/json": components["schemas"]["Page_CategoryOut_"];
                };
            };
            400: components["responses"]["400.bad_header.bad_host.bad_request.invalid_cursor.tenant_invalid.tenant_required.limited"];
            401: components["responses"]["401.key_owner_gone.session_ended.token_expired.unauthenticated.limited"];
            403: components["responses"]["403.feature_not_in_plan.mfa_enrollment_required.permission_denied.tenant_suspended.limited"];
            404: components["responses"]["404.tenant_not_found.limited"];
            408: components["responses"]["408.request_timeout.limited"];
            413: components["responses"]["413.body_too_large.limited"];
            414: components["responses"]["414.uri_too_long.limited"];
            422: components["responses"]["422.validation_failed.limited"];
            429: components["responses"]["429.rate_limited.limited"];
            431: components["responses"]["431.headers_too_large.limited"];
            503: components["responses"]["503.unavailable.limited"];
            default: components["responses"]["Unexpected"];
        };
    };
    categories_create_category: {
        parameters: {
            query?: never;
            header?: {
                /** @description 1 to 255 visible ASCII characters, chosen anew for each write. Sent again within 24 hours with the same body: the first answer, with `Idempotent-Replayed: true`; meanwhile 409, with another body 422. */
                "Idempotency-Key"?: string;
                /** @description The tenant's id or slug. It selects; membership is checked each time. With an access token it is needed: 400 `tenant_required` without it. An API key stands for its own tenant: it may be left out, and another's is 404. */
                "X-Tenant-ID"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Drinks"
                 *     }
                 */
                "application/json": components["schemas"]["CategoryCreate"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    Location: components["headers"]["Location"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "created_at": "2026-01-31T12:00:00Z",
                     *       "id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                     *       "name": "Drinks",
                     *       "parent_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                     *       "updated_at": "2026-01-31T12:00:00Z",
                     *       "version": 1
                     *     }
                     */
                    "application/json": components["schemas"]["CategoryOut"];
                };
            };
            400: components["responses"]["400.bad_header.bad_host.bad_request.idempotency_key_invalid.malformed_json.tenant_invalid.tenant_required.limited"];
            401: components["responses"]["401.key_owner_gone.session_ended.token_expired.unauthenticated.limited"];
            403: components["responses"]["403.feature_not_in_plan.mfa_enrollment_required.permission_denied.tenant_suspended.limited"];
            404: components["responses"]["404.tenant_not_found.limited"];
            408: components["responses"]["408.request_timeout.limited"];
            409: components["responses"]["409.category_name_taken.category_too_deep.conflict.idempotency_in_progress.limited"];
            413: components["responses"]["413.body_too_large.limited"];
            414: components["responses"]["414.uri_too_long.limited"];
            415: components["responses"]["415.unsupported_media_type.limited"];
            422: components["responses"]["422.category_unknown.idempotency_key_reused.validation_failed.limited"];
            429: components["responses"]["429.rate_limited.limited"];
            431: components["responses"]["431.headers_too_large.limited"];
            503: components["responses"]["503.outcome_unknown.unavailable.limited"];
            default: components["responses"]["Unexpected"];
        };
    };
    categories_get_category: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that is known; 304 without a body where it is still the present one. */
                "If-None-Match"?: string;
                /** @description The tenant's id or slug. It selects; membership is checked each time. With an access token it is needed: 400 `tenant_required` without it. An API key stands for its own tenant: it may be left out, and another's is 404. */
                "X-Tenant-ID"?: string;
            };
            path: {
                category_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "created_at": "2026-01-31T12:00:00Z",
                     *       "id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                     *       "name": "Drinks",
                     *       "parent_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                     *       "updated_at": "2026-01-31T12:00:00Z",
                     *       "version": 1
                     *     }
                     */
                    "application/json": components["schemas"]["CategoryOut"];
                };
            };
            /** @description Still the version that is known. */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["400.bad_header.bad_host.bad_request.tenant_invalid.tenant_required.limited"];
            401: components["responses"]["401.key_owner_gone.session_ended.token_expired.unauthenticated.limited"];
            403: components["responses"]["403.feature_not_in_plan.mfa_enrollment_required.permission_denied.tenant_suspended.limited"];
            404: components["responses"]["404.not_found.tenant_not_found.limited"];
            408: components["responses"]["408.request_timeout.limited"];
            413: components["responses"]["413.body_too_large.limited"];
            414: components["responses"]["414.uri_too_long.limited"];
            422: components["responses"]["422.validation_failed.limited"];
            429: components["responses"]["429.rate_limited.limited"];
            431: components["responses"]["431.headers_too_large.limited"];
            503: components["responses"]["503.unavailable.limited"];
            default: components["responses"]["Unexpected"];
        };
    };
    categories_delete_category: {
        parameters: {
            query?: never;
            header: {
                /** @description The ETag that was read, or "*"; missing 428, changed since 412. */
                "If-Match": string;
                /** @description The tenant's id or slug. It selects; membership is checked each time. With an access token it is needed: 400 `tenant_required` without it. An API key stands for its own tenant: it may be left out, and another's is 404. */
                "X-Tenant-ID"?: string;
            };
            path: {
                category_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "details": {},
                     *       "msg": "Done.",
                     *       "status": true
                     *     }
                     */
                    "application/json": components["schemas"]["DefaultResponse"];
                };
            };
            400: components["responses"]["400.bad_header.bad_host.bad_request.tenant_invalid.tenant_required.limited"];
            401: components["responses"]["401.key_owner_gone.session_ended.token_expired.unauthenticated.limited"];
            403: components["responses"]["403.feature_not_in_plan.mfa_enrollment_required.permission_denied.tenant_suspended.limited"];
            404: components["responses"]["404.not_found.tenant_not_found.limited"];
            408: components["responses"]["408.request_timeout.limited"];
            409: components["responses"]["409.category_not_empty.conflict.limited"];
            412: components["responses"]["412.precondition_failed.limited"];
            413: components["responses"]["413.body_too_large.limited"];
            414: components["responses"]["414.uri_too_long.limited"];
            422: components["responses"]["422.validation_failed.limited"];
            428: components["responses"]["428.precondition_required.limited"];
            429: components["responses"]["429.rate_limited.limited"];
            431: components["responses"]["431.headers_too_large.limited"];
            503: components["responses"]["503.outcome_unknown.unavailable.limited"];
            default: components["responses"]["Unexpected"];
        };
    };
    categories_update_category: {
        parameters: {
            query?: never;
            header: {
                /** @description 1 to 255 visible ASCII characters, chosen anew for each write. Sent again within 24 hours with the same body: the first answer, with `Idempotent-Replayed: true`; meanwhile 409, with another body 422. */
                "Idempotency-Key"?: string;
                /** @description The ETag that was read, or "*"; missing 428, changed since 412. */
                "If-Match": string;
                /** @description The tenant's id or slug. It selects; membership is checked each time. With an access token it is needed: 400 `tenant_required` without it. An API key stands for its own tenant: it may be left out, and another's is 404. */
                "X-Tenant-ID"?: string;
            };
            path: {
                category_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Hot drinks"
                 *     }
                 */
                "application/json": components["schemas"]["CategoryUpdate"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "created_at": "2026-01-31T12:00:00Z",
                     *       "id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                     *       "name": "Drinks",
                     *       "parent_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                     *       "updated_at": "2026-01-31T12:00:00Z",
                     *       "version": 1
                     *     }
                     */
                    "application/json": components["schemas"]["CategoryOut"];
                };
            };
            400: components["responses"]["400.bad_header.bad_host.bad_request.idempotency_key_invalid.malformed_json.tenant_invalid.tenant_required.limited"];
            401: components["responses"]["401.key_owner_gone.session_ended.token_expired.unauthenticated.limited"];
            403: components["responses"]["403.feature_not_in_plan.mfa_enrollment_required.permission_denied.tenant_suspended.limited"];
            404: components["responses"]["404.not_found.tenant_not_found.limited"];
            408: components["responses"]["408.request_timeout.limited"];
            409: components["responses"]["409.category_circle.category_name_taken.category_too_deep.conflict.idempotency_in_progress.limited"];
            412: components["responses"]["412.precondition_failed.limited"];
            413: components["responses"]["413.body_too_large.limited"];
            414: components["responses"]["414.uri_too_long.limited"];
            415: components["responses"]["415.unsupported_media_type.limited"];
            422: components["responses"]["422.category_unknown.idempotency_key_reused.validation_failed.limited"];
            428: components["responses"]["428.precondition_required.limited"];
            429: components["responses"]["429.rate_limited.limited"];
            431: components["responses"]["431.headers_too_large.limited"];
            503: components["responses"]["503.outcome_unknown.unavailable.limited"];
            default: components["responses"]["Unexpected"];
        };
    };
    deliveries_list_deliveries: {
        parameters: {
            query?: {
                /** @description not earlier than */
                "created_at[gte]"?: string | null;
                /** @description earlier than */
                "created_at[lt]"?: string | null;
                cursor?: string | null;
                /** @description only of events of this name */
                event?: string | null;
                /** @description only this handler's */
                handler?: string | null;
                include?: "total" | null;
                /** @description items a page, 1-100 */
                limit?: number;
                /** @description only of what this request caused */
                request_id?: string | null;
                /** @description one or more of pending, leased, done, dead, parked, by comma */
                state?: string | null;
            };
            header?: {
                /** @description The tenant's id or slug. It selects; membership is checked each time. With an access token it is needed: 400 `tenant_required` without it. An API key stands for its own tenant: it may be left out, and another's is 404. */
                "X-Tenant-ID"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    Link: components["headers"]["Link"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "attempt": 1,
                     *           "created_at": "2026-01-31T12:00:00Z",
                     *           "due_at": "2026-01-31T12:00:00Z",
                     *           "error": "TimeoutError",
                     *           "event": "catalog.product_created",
                     *           "event_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                     *           "finished_at": "2026-01-31T12:00:00Z",
                     *           "handler": "catalog.handlers.count_created",
                     *           "id": "42",
                     *           "queue": "default",
                     *           "replays": 1,
                     *           "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                     *           "started_at": "2026-01-31T12:00:00Z",
                     *           "state": "active",
                     *           "tries": 1
                     *         }
                     *       ],
                     *       "has_more": true,
                     *       "next_cursor": "q1b2c3d4e5f6WyIwMTkzIl0",
                     *       "total": 1,
                     *       "total_capped": true
                     *     }
                     */
                    "application/json": components["schemas"]["Page_DeliveryOut_"];
                };
            };
            400: components["responses"]["400.bad_header.bad_host.bad_request.invalid_cursor.tenant_invalid.tenant_required.limited"];
            401: components["responses"]["401.key_owner_gone.session_ended.token_expired.unauthenticated.limited"];
            403: components["responses"]["403.mfa_enrollment_required.permission_denied.tenant_suspended.limited"];
            404: components["responses"]["404.tenant_not_found.limited"];
            408: components["responses"]["408.request_timeout.limited"];
            413: components["responses"]["413.body_too_large.limited"];
            414: components["responses"]["414.uri_too_long.limited"];
            422: components["responses"]["422.validation_failed.limited"];
            429: components["responses"]["429.rate_limited.limited"];
            431: components["responses"]["431.headers_too_large.limited"];
            503: components["responses"]["503.unavailable.limited"];
            default: components["responses"]["Unexpected"];
        };
    };
    deliveries_get_delivery: {
        parameters: {
            query?: never;
            header?: {
                /** @description The tenant's id or slug. It selects; membership is checked each time. With an access token it is needed: 400 `tenant_required` without it. An API key stands for its own tenant: it may be left out, and another's is 404. */
                "X-Tenant-ID"?: string;
            };
            path: {
                /** @description the delivery's id */
                key: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "actor": "user:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                     *       "at": "2026-01-31T12:00:00Z",
                     *       "attempt": 1,
                     *       "cause": "41",
                     *       "created_at": "2026-01-31T12:00:00Z",
                     *       "due_at": "2026-01-31T12:00:00Z",
                     *       "error": "TimeoutError",
                     *       "event": "catalog.product_created",
                     *       "event_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                     *       "event_version": 1,
                     *       "failures": [
                     *         {
                     *           "at": "2026-01-31T12:00:00Z",
                     *           "attempt": 1,
                     *           "error": "TimeoutError"
                     *         }
                     *       ],
                     *       "finished_at": "2026-01-31T12:00:00Z",
                     *       "handler": "catalog.handlers.count_created",
                     *       "id": "42",
                     *       "lease_until": "2026-01-31T12:00:00Z",
                     *       "ordering_key": "product:42",
                     *       "payload": {},
                     *       "queue": "default",
                     *       "replays": 1,
                     *       "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                     *       "started_at": "2026-01-31T12:00:00Z",
                     *       "state": "active",
                     *       "tries": 1
                     *     }
                     */
                    "application/json": components["schemas"]["DeliveryDetail"];
                };
            };
            400: components["responses"]["400.bad_header.bad_host.bad_request.tenant_invalid.tenant_required.limited"];
            401: components["responses"]["401.key_owner_gone.session_ended.token_expired.unauthenticated.limited"];
            403: components["responses"]["403.mfa_enrollment_required.permission_denied.tenant_suspended.limited"];
            404: components["responses"]["404.not_found.tenant_not_found.limited"];
            408: components["responses"]["408.request_timeout.limited"];
            413: components["responses"]["413.body_too_large.limited"];
            414: components["responses"]["414.uri_too_long.limited"];
            422: components["responses"]["422.validation_failed.limited"];
            429: components["responses"]["429.rate_limited.limited"];
            431: components["responses"]["431.headers_too_large.limited"];
            503: components["responses"]["503.unavailable.limited"];
            default: components["responses"]["Unexpected"];
        };
    };
    deliveries_replay_delivery: {
        parameters: {
            query?: never;
            header?: {
                /** @description 1 to 255 visible ASCII characters, chosen anew for each write. Sent again within 24 hours with the same body: the first answer, with `Idempotent-Replayed: true`; meanwhile 409, with another body 422. */
                "Idempotency-Key"?: string;
                /** @description The tenant's id or slug. It selects; membership is checked each time. With an access token it is needed: 400 `tenant_required` without it. An API key stands for its own tenant: it may be left out, and another's is 404. */
                "X-Tenant-ID"?: string;
            };
            path: {
                /** @description the delivery's id */
                key: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "details": {},
                     *       "msg": "Done.",
                     *       "status": true
                     *     }
                     */
                    "application/json": components["schemas"]["DefaultResponse"];
                };
            };
            400: components["responses"]["400.bad_header.bad_host.bad_request.idempotency_key_invalid.tenant_invalid.tenant_required.limited"];
            401: components["responses"]["401.key_owner_gone.session_ended.token_expired.unauthenticated.limited"];
            403: components["responses"]["403.mfa_enrollment_required.permission_denied.tenant_suspended.limited"];
            404: components["responses"]["404.not_found.tenant_not_found.limited"];
            408: components["responses"]["408.request_timeout.limited"];
            409: components["responses"]["409.conflict.delivery_not_dead.idempotency_in_progress.limited"];
            413: components["responses"]["413.body_too_large.limited"];
            414: components["responses"]["414.uri_too_long.limited"];
            422: components["responses"]["422.idempotency_key_reused.validation_failed.limited"];
            429: components["responses"]["429.rate_limited.limited"];
            431: components["responses"]["431.headers_too_large.limited"];
            503: components["responses"]["503.outcome_unknown.unavailable.limited"];
            default: components["responses"]["Unexpected"];
        };
    };
    deliveries_replay_deliveries: {
        parameters: {
            query?: never;
            header?: {
                /** @description 1 to 255 visible ASCII characters, chosen anew for each write. Sent again within 24 hours with the same body: the first answer, with `Idempotent-Replayed: true`; meanwhile 409, with another body 422. */
                "Idempotency-Key"?: string;
                /** @description The tenant's id or slug. It selects; membership is checked each time. With an access token it is needed: 400 `tenant_required` without it. An API key stands for its own tenant: it may be left out, and another's is 404. */
                "X-Tenant-ID"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "created_at[gte]": "2026-01-31T12:00:00Z",
                 *       "created_at[lt]": "2026-01-31T12:00:00Z",
                 *       "event": "catalog.product_created",
                 *       "handler": "catalog.handlers.count_created",
                 *       "limit": 1000,
                 *       "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00"
                 *     }
                 */
                "application/json": components["schemas"]["ReplayWish"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "has_more": true,
                     *       "replayed": 1
                     *     }
                     */
                    "application/json": components["schemas"]["Replayed"];
                };
            };
            400: components["responses"]["400.bad_header.bad_host.bad_request.idempotency_key_invalid.malformed_json.tenant_invalid.tenant_required.limited"];
            401: components["responses"]["401.key_owner_gone.session_ended.token_expired.unauthenticated.limited"];
            403: components["responses"]["403.mfa_enrollment_required.permission_denied.tenant_suspended.limited"];
            404: components["responses"]["404.tenant_not_found.limited"];
            408: components["responses"]["408.request_timeout.limited"];
            409: components["responses"]["409.conflict.idempotency_in_progress.limited"];
            413: components["responses"]["413.body_too_large.limited"];
            414: components["responses"]["414.uri_too_long.limited"];
            415: components["responses"]["415.unsupported_media_type.limited"];
            422: components["responses"]["422.idempotency_key_reused.validation_failed.limited"];
            429: components["responses"]["429.rate_limited.limited"];
            431: components["responses"]["431.headers_too_large.limited"];
            503: components["responses"]["503.outcome_unknown.unavailable.limited"];
            default: components["responses"]["Unexpected"];
        };
    };
    invitations_list_invitations: {
        parameters: {
            query?: {
                cursor?: string | null;
                /** @description also fetch inviter, which are null otherwise; by comma */
                expand?: string | null;
                include?: "total" | null;
                /** @description items a page, 1-100 */
                limit?: number;
                /** @description text in the address */
                q?: string | null;
                /** @description created_at, email, expires_at; a leading minus reverses; up to 3 by comma, the id decides last */
                sort?: string | null;
                /** @description one or more of pending, expired, accepted, revoked, by comma */
                state?: string | null;
            };
            header?: {
                /** @description The tenant's id or slug. It selects; membership is checked each time. With an access token it is needed: 400 `tenant_required` without it. An API key stands for its own tenant: it may be left out, and another's is 404. */
                "X-Tenant-ID"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    Link: components["headers"]["Link"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "created_at": "2026-01-31T12:00:00Z",
                     *           "email": "nora@acme.example",
                     *           "expires_at": "2026-01-31T12:00:00Z",
                     *           "id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                     *           "invited_by": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                     *           "inviter": {
                     *             "email": "nora@acme.example",
                     *             "name": "Nora New",
                     *             "user_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00"
                     *           },
                     *           "roles": [
                     *             "member"
                     *           ],
                     *           "state": "active"
                     *         }
                     *       ],
                     *       "has_more": true,
                     *       "next_cursor": "q1b2c3d4e5f6WyIwMTkzIl0",
                     *       "total": 1,
                     *       "total_capped": true
                     *     }
                     */
                    "application/json": components["schemas"]["Page_InvitationOut_"];
                };
            };
            400: components["responses"]["400.bad_header.bad_host.bad_request.invalid_cursor.tenant_invalid.tenant_required.limited"];
            401: components["responses"]["401.key_owner_gone.session_ended.token_expired.unauthenticated.limited"];
            403: components["responses"]["403.mfa_enrollment_required.permission_denied.tenant_suspended.limited"];
            404: components["responses"]["404.tenant_not_found.limited"];
            408: components["responses"]["408.request_timeout.limited"];
            413: components["responses"]["413.body_too_large.limited"];
            414: components["responses"]["414.uri_too_long.limited"];
            422: components["responses"]["422.validation_failed.limited"];
            429: components["responses"]["429.rate_limited.limited"];
            431: components["responses"]["431.headers_too_large.limited"];
            503: components["responses"]["503.unavailable.limited"];
            default: components["responses"]["Unexpected"];
        };
    };
    invitations_create_invitation: {
        parameters: {
            query?: never;
            header?: {
                /** @description 1 to 255 visible ASCII characters, chosen anew for each write. Sent again within 24 hours with the same body: the first answer, with `Idempotent-Replayed: true`; meanwhile 409, with another body 422. */
                "Idempotency-Key"?: string;
                /** @description The tenant's id or slug. It selects; membership is checked each time. With an access token it is needed: 400 `tenant_required` without it. An API key stands for its own tenant: it may be left out, and another's is 404. */
                "X-Tenant-ID"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "email": "new@acme.example",
                 *       "roles": [
                 *         "member"
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["InvitationCreate"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    Location: components["headers"]["Location"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "created_at": "2026-01-31T12:00:00Z",
                     *       "email": "nora@acme.example",
                     *       "expires_at": "2026-01-31T12:00:00Z",
                     *       "id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                     *       "invited_by": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                     *       "inviter": {
                     *         "email": "nora@acme.example",
                     *         "name": "Nora New",
                     *         "user_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00"
                     *       },
                     *       "roles": [
                     *         "member"
                     *       ],
                     *       "state": "active"
                     *     }
                     */
                    "application/json": components["schemas"]["InvitationOut"];
                };
            };
            400: components["responses"]["400.bad_header.bad_host.bad_request.idempotency_key_invalid.malformed_json.tenant_invalid.tenant_required.limited"];
            401: components["responses"]["401.key_owner_gone.session_ended.token_expired.unauthenticated.limited"];
            403: components["responses"]["403.impersonation_refused.mfa_enrollment_required.permission_denied.tenant_suspended.limited"];
            404: components["responses"]["404.tenant_not_found.limited"];
            408: components["responses"]["408.request_timeout.limited"];
            409: components["responses"]["409.already_member.conflict.idempotency_in_progress.invitation_pending.limited"];
            413: components["responses"]["413.body_too_large.limited"];
            414: components["responses"]["414.uri_too_long.limited"];
            415: components["responses"]["415.unsupported_media_type.limited"];
            422: components["responses"]["422.idempotency_key_reused.validation_failed.limited"];
            429: components["responses"]["429.rate_limited.limited"];
            431: components["responses"]["431.headers_too_large.limited"];
            503: components["responses"]["503.outcome_unknown.unavailable.limited"];
            default: components["responses"]["Unexpected"];
        };
    };
    invitations_get_invitation: {
        parameters: {
            query?: never;
            header?: {
                /** @description The tenant's id or slug. It selects; membership is checked each time. With an access token it is needed: 400 `tenant_required` without it. An API key stands for its own tenant: it may be left out, and another's is 404. */
                "X-Tenant-ID"?: string;
            };
            path: {
                invitation_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "created_at": "2026-01-31T12:00:00Z",
                     *       "email": "nora@acme.example",
                     *       "expires_at": "2026-01-31T12:00:00Z",
                     *       "id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                     *       "invited_by": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                     *       "inviter": {
                     *         "email": "nora@acme.example",
                     *         "name": "Nora New",
                     *         "user_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00"
                     *       },
                     *       "roles": [
                     *         "member"
                     *       ],
                     *       "state": "active"
                     *     }
                     */
                    "application/json": components["schemas"]["InvitationOut"];
                };
            };
            400: components["responses"]["400.bad_header.bad_host.bad_request.tenant_invalid.tenant_required.limited"];
            401: components["responses"]["401.key_owner_gone.session_ended.token_expired.unauthenticated.limited"];
            403: components["responses"]["403.mfa_enrollment_required.permission_denied.tenant_suspended.limited"];
            404: components["responses"]["404.not_found.tenant_not_found.limited"];
            408: components["responses"]["408.request_timeout.limited"];
            413: components["responses"]["413.body_too_large.limited"];
            414: components["responses"]["414.uri_too_long.limited"];
            422: components["responses"]["422.validation_failed.limited"];
            429: components["responses"]["429.rate_limited.limited"];
            431: components["responses"]["431.headers_too_large.limited"];
            503: components["responses"]["503.unavailable.limited"];
            default: components["responses"]["Unexpected"];
        };
    };
    invitations_revoke_invitation: {
        parameters: {
            query?: never;
            header?: {
                /** @description The tenant's id or slug. It selects; membership is checked each time. With an access token it is needed: 400 `tenant_required` without it. An API key stands for its own tenant: it may be left out, and another's is 404. */
                "X-Tenant-ID"?: string;
            };
            path: {
                invitation_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "details": {},
                     *       "msg": "Done.",
                     *       "status": true
                     *     }
                     */
                    "application/json": components["schemas"]["DefaultResponse"];
                };
            };
            400: components["responses"]["400.bad_header.bad_host.bad_request.tenant_invalid.tenant_required.limited"];
            401: components["responses"]["401.key_owner_gone.session_ended.token_expired.unauthenticated.limited"];
            403: components["responses"]["403.mfa_enrollment_required.permission_denied.tenant_suspended.limited"];
            404: components["responses"]["404.not_found.tenant_not_found.limited"];
            408: components["responses"]["408.request_timeout.limited"];
            409: components["responses"]["409.conflict.invitation_ended.limited"];
            413: components["responses"]["413.body_too_large.limited"];
            414: components["responses"]["414.uri_too_long.limited"];
            422: components["responses"]["422.validation_failed.limited"];
            429: components["responses"]["429.rate_limited.limited"];
            431: components["responses"]["431.headers_too_large.limited"];
            503: components["responses"]["503.outcome_unknown.unavailable.limited"];
            default: components["responses"]["Unexpected"];
        };
    };
    invitations_resend_invitation: {
        parameters: {
            query?: never;
            header?: {
                /** @description 1 to 255 visible ASCII characters, chosen anew for each write. Sent again within 24 hours with the same body: the first answer, with `Idempotent-Replayed: true`; meanwhile 409, with another body 422. */
                "Idempotency-Key"?: string;
                /** @description The tenant's id or slug. It selects; membership is checked each time. With an access token it is needed: 400 `tenant_required` without it. An API key stands for its own tenant: it may be left out, and another's is 404. */
                "X-Tenant-ID"?: string;
            };
            path: {
                invitation_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "created_at": "2026-01-31T12:00:00Z",
                     *       "email": "nora@acme.example",
                     *       "expires_at": "2026-01-31T12:00:00Z",
                     *       "id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                     *       "invited_by": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                     *       "inviter": {
                     *         "email": "nora@acme.example",
                     *         "name": "Nora New",
                     *         "user_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00"
                     *       },
                     *       "roles": [
                     *         "member"
                     *       ],
                     *       "state": "active"
                     *     }
                     */
                    "application/json": components["schemas"]["InvitationOut"];
                };
            };
            400: components["responses"]["400.bad_header.bad_host.bad_request.idempotency_key_invalid.tenant_invalid.tenant_required.limited"];
            401: components["responses"]["401.key_owner_gone.session_ended.token_expired.unauthenticated.limited"];
            403: components["responses"]["403.impersonation_refused.mfa_enrollment_required.permission_denied.tenant_suspended.limited"];
            404: components["responses"]["404.not_found.tenant_not_found.limited"];
            408: components["responses"]["408.request_timeout.limited"];
            409: components["responses"]["409.conflict.idempotency_in_progress.invitation_ended.limited"];
            413: components["responses"]["413.body_too_large.limited"];
            414: components["responses"]["414.uri_too_long.limited"];
            422: components["responses"]["422.idempotency_key_reused.validation_failed.limited"];
            429: components["responses"]["429.rate_limited.limited"];
            431: components["responses"]["431.headers_too_large.limited"];
            503: components["responses"]["503.outcome_unknown.unavailable.limited"];
            default: components["responses"]["Unexpected"];
        };
    };
    invitations_accept_invitation: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Nora New",
                 *       "password": "correct horse battery staple",
                 *       "token": "t_5f2b1c0e9a8d7c6b5a4f3e2d"
                 *     }
                 */
                "application/json": components["schemas"]["InvitationAccept"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "roles": [
                     *         "member"
                     *       ],
                     *       "slug": "acme",
                     *       "tenant_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00"
                     *     }
                     */
                    "application/json": components["schemas"]["Joined"];
                };
            };
            400: components["responses"]["400.bad_header.bad_host.bad_request.invitation_invalid.malformed_json.limited"];
            401: components["responses"]["401.key_owner_gone.session_ended.token_expired.unauthenticated.limited"];
            403: components["responses"]["403.impersonation_refused.invitation_for_another.person_required.tenant_suspended.limited"];
            408: components["responses"]["408.request_timeout.limited"];
            409: components["responses"]["409.already_member.conflict.sign_in_first.too_many_tenants.limited"];
            413: components["responses"]["413.body_too_large.limited"];
            414: components["responses"]["414.uri_too_long.limited"];
            415: components["responses"]["415.unsupported_media_type.limited"];
            422: components["responses"]["422.validation_failed.limited"];
            429: components["responses"]["429.rate_limited.limited"];
            431: components["responses"]["431.headers_too_large.limited"];
            503: components["responses"]["503.outcome_unknown.unavailable.limited"];
            default: components["responses"]["Unexpected"];
        };
    };
    users_get_me: {
        parameters: {
            query?: never;
            header?: {
                /** @description The tenant's id or slug. It selects; membership is checked each time. Without it the answer is of no tenant. */
                "X-Tenant-ID"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "features": [
                     *         "catalog"
                     *       ],
                     *       "impersonation": {
                     *         "ends_at": "2026-01-31T12:00:00Z",
                     *         "operator_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                     *         "tenant_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00"
                     *       },
                     *       "limits": {},
                     *       "memberships": [
                     *         {
                     *           "roles": [
                     *             "member"
                     *           ],
                     *           "tenant": {
                     *             "id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                     *             "name": "Nora New",
                     *             "slug": "acme",
                     *             "state": "active"
                     *           }
                     *         }
                     *       ],
                     *       "operator": true,
                     *       "permissions": [
                     *         "catalog.products:read"
                     *       ],
                     *       "roles": [
                     *         "member"
                     *       ],
                     *       "tenant": {
                     *         "id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                     *         "name": "Nora New",
                     *         "slug": "acme",
                     *         "state": "active"
                     *       },
                     *       "user": {
                     *         "email": "nora@acme.example",
                     *         "id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                     *         "locale": "en",
                     *         "mfa_enabled": true,
                     *         "name": "Nora New",
                     *         "picture": "https://acme.example/nora.png",
                     *         "time_zone": "Europe/Berlin"
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["MeOut"];
                };
            };
            400: components["responses"]["400.bad_header.bad_host.bad_request.tenant_invalid.limited"];
            401: components["responses"]["401.key_owner_gone.session_ended.token_expired.unauthenticated.limited"];
            403: components["responses"]["403.mfa_enrollment_required.person_required.tenant_suspended.limited"];
            404: components["responses"]["404.tenant_not_found.limited"];
            408: components["responses"]["408.request_timeout.limited"];
            413: components["responses"]["413.body_too_large.limited"];
            414: components["responses"]["414.uri_too_long.limited"];
            422: components["responses"]["422.validation_failed.limited"];
            429: components["responses"]["429.rate_limited.limited"];
            431: components["responses"]["431.headers_too_large.limited"];
            503: components["responses"]["503.unavailable.limited"];
            default: components["responses"]["Unexpected"];
        };
    };
    users_erase_me: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "confirm": "acme"
                 *     }
                 */
                "application/json": components["schemas"]["Erasure"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "details": {},
                     *       "msg": "Done.",
                     *       "status": true
                     *     }
                     */
                    "application/json": components["schemas"]["DefaultResponse"];
                };
            };
            400: components["responses"]["400.bad_header.bad_host.bad_request.malformed_json.limited"];
            401: components["responses"]["401.key_owner_gone.session_ended.step_up_required.token_expired.unauthenticated.limited"];
            403: components["responses"]["403.impersonation_refused.person_required.tenant_suspended.limited"];
            408: components["responses"]["408.request_timeout.limited"];
            409: components["responses"]["409.conflict.last_owner.limited"];
            413: components["responses"]["413.body_too_large.limited"];
            414: components["responses"]["414.uri_too_long.limited"];
            415: components["responses"]["415.unsupported_media_type.limited"];
            422: components["responses"]["422.validation_failed.limited"];
            429: components["responses"]["429.rate_limited.limited"];
            431: components["responses"]["431.headers_too_large.limited"];
            503: components["responses"]["503.outcome_unknown.unavailable.limited"];
            default: components["responses"]["Unexpected"];
        };
    };
    users_update_me: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Nora New",
                 *       "time_zone": "Europe/Berlin"
                 *     }
                 */
                "application/json": components["schemas"]["ProfileUpdate"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "features": [
                     *         "catalog"
                     *       ],
                     *       "impersonation": {
                     *         "ends_at": "2026-01-31T12:00:00Z",
                     *         "operator_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                     *         "tenant_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00"
                     *       },
                     *       "limits": {},
                     *       "memberships": [
                     *         {
                     *           "roles": [
                     *             "member"
                     *           ],
                     *           "tenant": {
                     *             "id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                     *             "name": "Nora New",
                     *             "slug": "acme",
                     *             "state": "active"
                     *           }
                     *         }
                     *       ],
                     *       "operator": true,
                     *       "permissions": [
                     *         "catalog.products:read"
                     *       ],
                     *       "roles": [
                     *         "member"
                     *       ],
                     *       "tenant": {
                     *         "id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                     *         "name": "Nora New",
                     *         "slug": "acme",
                     *         "state": "active"
                     *       },
                     *       "user": {
                     *         "email": "nora@acme.example",
                     *         "id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                     *         "locale": "en",
                     *         "mfa_enabled": true,
                     *         "name": "Nora New",
                     *         "picture": "https://acme.example/nora.png",
                     *         "time_zone": "Europe/Berlin"
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["MeOut"];
                };
            };
            400: components["responses"]["400.bad_header.bad_host.bad_request.idempotency_key_not_taken.malformed_json.limited"];
            401: components["responses"]["401.key_owner_gone.session_ended.token_expired.unauthenticated.limited"];
            403: components["responses"]["403.impersonation_refused.person_required.tenant_suspended.limited"];
            408: components["responses"]["408.request_timeout.limited"];
            409: components["responses"]["409.conflict.limited"];
            413: components["responses"]["413.body_too_large.limited"];
            414: components["responses"]["414.uri_too_long.limited"];
            415: components["responses"]["415.unsupported_media_type.limited"];
            422: components["responses"]["422.validation_failed.limited"];
            429: components["responses"]["429.rate_limited.limited"];
            431: components["responses"]["431.headers_too_large.limited"];
            503: components["responses"]["503.outcome_unknown.unavailable.limited"];
            default: components["responses"]["Unexpected"];
        };
    };
    users_export_me: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "acts": [
                     *         {
                     *           "action": "catalog.product.changed",
                     *           "address": "203.0.113.7",
                     *           "at": "2026-01-31T12:00:00Z",
                     *           "target": "product:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                     *           "tenant_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                     *           "user_agent": "Mozilla/5.0"
                     *         }
                     *       ],
                     *       "api_keys": [
                     *         {
                     *           "created_at": "2026-01-31T12:00:00Z",
                     *           "id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                     *           "name": "Nora New",
                     *           "prefix": "atr_test_3kTz",
                     *           "tenant_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00"
                     *         }
                     *       ],
                     *       "memberships": [
                     *         {
                     *           "roles": [
                     *             "member"
                     *           ],
                     *           "tenant": {
                     *             "id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                     *             "name": "Nora New",
                     *             "slug": "acme",
                     *             "state": "active"
                     *           }
                     *         }
                     *       ],
                     *       "sessions": [
                     *         {
                     *           "address": "203.0.113.7",
                     *           "created_at": "2026-01-31T12:00:00Z",
                     *           "ended_at": "2026-01-31T12:00:00Z",
                     *           "id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                     *           "operator_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                     *           "refreshed_at": "2026-01-31T12:00:00Z",
                     *           "transport": "body",
                     *           "user_agent": "Mozilla/5.0"
                     *         }
                     *       ],
                     *       "sign_in": {
                     *         "authenticator_since": "2026-01-31T12:00:00Z",
                     *         "new_email": "nora.new@acme.example",
                     *         "operator_since": "2026-01-31T12:00:00Z",
                     *         "password_changed_at": "2026-01-31T12:00:00Z"
                     *       },
                     *       "user": {
                     *         "email": "nora@acme.example",
                     *         "id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                     *         "locale": "en",
                     *         "mfa_enabled": true,
                     *         "name": "Nora New",
                     *         "picture": "https://acme.example/nora.png",
                     *         "time_zone": "Europe/Berlin"
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["PersonalData"];
                };
            };
            400: components["responses"]["400.bad_header.bad_host.bad_request.limited"];
            401: components["responses"]["401.key_owner_gone.session_ended.step_up_required.token_expired.unauthenticated.limited"];
            403: components["responses"]["403.impersonation_refused.person_required.tenant_suspended.limited"];
            408: components["responses"]["408.request_timeout.limited"];
            413: components["responses"]["413.body_too_large.limited"];
            414: components["responses"]["414.uri_too_long.limited"];
            422: components["responses"]["422.validation_failed.limited"];
            429: components["responses"]["429.rate_limited.limited"];
            431: components["responses"]["431.headers_too_large.limited"];
            503: components["responses"]["503.unavailable.limited"];
            default: components["responses"]["Unexpected"];
        };
    };
    members_list_members: {
        parameters: {
            query?: {
                cursor?: string | null;
                include?: "total" | null;
                /** @description joined at or after */
                "joined_at[gte]"?: string | null;
                /** @description joined before */
                "joined_at[lt]"?: string | null;
                /** @description items a page, 1-100 */
                limit?: number;
                /** @description text in name or address */
                q?: string | null;
                /** @description who holds the role of this key */
                role?: string | null;
                /** @description name, email, joined_at; a leading minus reverses; up to 3 by comma, the id decides last */
                sort?: string | null;
                /** @description one or more of active, disabled, by comma */
                state?: string | null;
            };
            header?: {
                /** @description The tenant's id or slug. It selects; membership is checked each time. With an access token it is needed: 400 `tenant_required` without it. An API key stands for its own tenant: it may be left out, and another's is 404. */
                "X-Tenant-ID"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    Link: components["headers"]["Link"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "email": "nora@acme.example",
                     *           "joined_at": "2026-01-31T12:00:00Z",
                     *           "name": "Nora New",
                     *           "picture": "https://acme.example/nora.png",
                     *           "roles": [
                     *             "member"
                     *           ],
                     *           "state": "active",
                     *           "user_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                     *           "version": 1
                     *         }
                     *       ],
                     *       "has_more": true,
                     *       "next_cursor": "q1b2c3d4e5f6WyIwMTkzIl0",
                     *       "total": 1,
                     *       "total_capped": true
                     *     }
                     */
                    "application/json": components["schemas"]["Page_MemberOut_"];
                };
            };
            400: components["responses"]["400.bad_header.bad_host.bad_request.invalid_cursor.tenant_invalid.tenant_required.limited"];
            401: components["responses"]["401.key_owner_gone.session_ended.token_expired.unauthenticated.limited"];
            403: components["responses"]["403.mfa_enrollment_required.permission_denied.tenant_suspended.limited"];
            404: components["responses"]["404.tenant_not_found.limited"];
            408: components["responses"]["408.request_timeout.limited"];
            413: components["responses"]["413.body_too_large.limited"];
            414: components["responses"]["414.uri_too_long.limited"];
            422: components["responses"]["422.validation_failed.limited"];
            429: components["responses"]["429.rate_limited.limited"];
            431: components["responses"]["431.headers_too_large.limited"];
            503: components["responses"]["503.unavailable.limited"];
            default: components["responses"]["Unexpected"];
        };
    };
    members_get_member: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that is known; 304 without a body where it is still the present one. */
                "If-None-Match"?: string;
                /** @description The tenant's id or slug. It selects; membership is checked each time. With an access token it is needed: 400 `tenant_required` without it. An API key stands for its own tenant: it may be left out, and another's is 404. */
                "X-Tenant-ID"?: string;
            };
            path: {
                user_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "email": "nora@acme.example",
                     *       "joined_at": "2026-01-31T12:00:00Z",
                     *       "name": "Nora New",
                     *       "picture": "https://acme.example/nora.png",
                     *       "roles": [
                     *         "member"
                     *       ],
                     *       "state": "active",
                     *       "user_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                     *       "version": 1
                     *     }
                     */
                    "application/json": components["schemas"]["MemberOut"];
                };
            };
            /** @description Still the version that is known. */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["400.bad_header.bad_host.bad_request.tenant_invalid.tenant_required.limited"];
            401: components["responses"]["401.key_owner_gone.session_ended.token_expired.unauthenticated.limited"];
            403: components["responses"]["403.mfa_enrollment_required.permission_denied.tenant_suspended.limited"];
            404: components["responses"]["404.not_found.tenant_not_found.limited"];
            408: components["responses"]["408.request_timeout.limited"];
            413: components["responses"]["413.body_too_large.limited"];
            414: components["responses"]["414.uri_too_long.limited"];
            422: components["responses"]["422.validation_failed.limited"];
            429: components["responses"]["429.rate_limited.limited"];
            431: components["responses"]["431.headers_too_large.limited"];
            503: components["responses"]["503.unavailable.limited"];
            default: components["responses"]["Unexpected"];
        };
    };
    members_remove_member: {
        parameters: {
            query?: never;
            header: {
                /** @description The ETag that was read, or "*"; missing 428, changed since 412. */
                "If-Match": string;
                /** @description The tenant's id or slug. It selects; membership is checked each time. With an access token it is needed: 400 `tenant_required` without it. An API key stands for its own tenant: it may be left out, and another's is 404. */
                "X-Tenant-ID"?: string;
            };
            path: {
                user_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "details": {},
                     *       "msg": "Done.",
                     *       "status": true
                     *     }
                     */
                    "application/json": components["schemas"]["DefaultResponse"];
                };
            };
            400: components["responses"]["400.bad_header.bad_host.bad_request.tenant_invalid.tenant_required.limited"];
            401: components["responses"]["401.key_owner_gone.session_ended.token_expired.unauthenticated.limited"];
            403: components["responses"]["403.impersonation_refused.mfa_enrollment_required.permission_denied.tenant_suspended.limited"];
            404: components["responses"]["404.not_found.tenant_not_found.limited"];
            408: components["responses"]["408.request_timeout.limited"];
            409: components["responses"]["409.conflict.last_owner.limited"];
            412: components["responses"]["412.precondition_failed.limited"];
            413: components["responses"]["413.body_too_large.limited"];
            414: components["responses"]["414.uri_too_long.limited"];
            422: components["responses"]["422.validation_failed.limited"];
            428: components["responses"]["428.precondition_required.limited"];
            429: components["responses"]["429.rate_limited.limited"];
            431: components["responses"]["431.headers_too_large.limited"];
            503: components["responses"]["503.outcome_unknown.unavailable.limited"];
            default: components["responses"]["Unexpected"];
        };
    };
    members_update_member: {
        parameters: {
            query?: never;
            header: {
                /** @description 1 to 255 visible ASCII characters, chosen anew for each write. Sent again within 24 hours with the same body: the first answer, with `Idempotent-Replayed: true`; meanwhile 409, with another body 422. */
                "Idempotency-Key"?: string;
                /** @description The ETag that was read, or "*"; missing 428, changed since 412. */
                "If-Match": string;
                /** @description The tenant's id or slug. It selects; membership is checked each time. With an access token it is needed: 400 `tenant_required` without it. An API key stands for its own tenant: it may be left out, and another's is 404. */
                "X-Tenant-ID"?: string;
            };
            path: {
                user_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "roles": [
                 *         "member"
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["MemberUpdate"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "email": "nora@acme.example",
                     *       "joined_at": "2026-01-31T12:00:00Z",
                     *       "name": "Nora New",
                     *       "picture": "https://acme.example/nora.png",
                     *       "roles": [
                     *         "member"
                     *       ],
                     *       "state": "active",
                     *       "user_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                     *       "version": 1
                     *     }
                     */
                    "application/json": components["schemas"]["MemberOut"];
                };
            };
            400: components["responses"]["400.bad_header.bad_host.bad_request.idempotency_key_invalid.malformed_json.tenant_invalid.tenant_required.limited"];
            401: components["responses"]["401.key_owner_gone.session_ended.token_expired.unauthenticated.limited"];
            403: components["responses"]["403.impersonation_refused.mfa_enrollment_required.permission_denied.tenant_suspended.limited"];
            404: components["responses"]["404.not_found.tenant_not_found.limited"];
            408: components["responses"]["408.request_timeout.limited"];
            409: components["responses"]["409.conflict.idempotency_in_progress.last_owner.too_many_tenants.limited"];
            412: components["responses"]["412.precondition_failed.limited"];
            413: components["responses"]["413.body_too_large.limited"];
            414: components["responses"]["414.uri_too_long.limited"];
            415: components["responses"]["415.unsupported_media_type.limited"];
            422: components["responses"]["422.idempotency_key_reused.validation_failed.limited"];
            428: components["responses"]["428.precondition_required.limited"];
            429: components["responses"]["429.rate_limited.limited"];
            431: components["responses"]["431.headers_too_large.limited"];
            503: components["responses"]["503.outcome_unknown.unavailable.limited"];
            default: components["responses"]["Unexpected"];
        };
    };
    operator_list_backlog: {
        parameters: {
            query?: {
                cursor?: string | null;
                include?: "total" | null;
                /** @description items a page, 1-100 */
                limit?: number;
                /** @description only this tenant's */
                tenant_id?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    Link: components["headers"]["Link"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "dead": 1,
                     *           "leased": 1,
                     *           "oldest_due_seconds": 1,
                     *           "parked": 1,
                     *           "queue": "default",
                     *           "tenant": "acme",
                     *           "tenant_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                     *           "waiting": 1
                     *         }
                     *       ],
                     *       "has_more": true,
                     *       "next_cursor": "q1b2c3d4e5f6WyIwMTkzIl0",
                     *       "total": 1,
                     *       "total_capped": true
                     *     }
                     */
                    "application/json": components["schemas"]["Page_Backlog_"];
                };
            };
            400: components["responses"]["400.bad_header.bad_host.bad_request.invalid_cursor.limited"];
            401: components["responses"]["401.key_owner_gone.session_ended.token_expired.unauthenticated.limited"];
            403: components["responses"]["403.impersonation_refused.mfa_enrollment_required.permission_denied.person_required.tenant_suspended.limited"];
            408: components["responses"]["408.request_timeout.limited"];
            413: components["responses"]["413.body_too_large.limited"];
            414: components["responses"]["414.uri_too_long.limited"];
            422: components["responses"]["422.validation_failed.limited"];
            429: components["responses"]["429.rate_limited.limited"];
            431: components["responses"]["431.headers_too_large.limited"];
            503: components["responses"]["503.unavailable.limited"];
            default: components["responses"]["Unexpected"];
        };
    };
    operator_list_operated_deliveries: {
        parameters: {
            query?: {
                /** @description not earlier than */
                "created_at[gte]"?: string | null;
                /** @description earlier than */
                "created_at[lt]"?: string | null;
                cursor?: string | null;
                /** @description only of events of this name */
                event?: string | null;
                /** @description only this handler's */
                handler?: string | null;
                include?: "total" | null;
                /** @description items a page, 1-100 */
                limit?: number;
                /** @description only of what this request caused */
                request_id?: string | null;
                /** @description one or more of pending, leased, done, dead, parked, by comma */
                state?: string | null;
                /** @description only this tenant's */
                tenant_id?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    Link: components["headers"]["Link"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "attempt": 1,
                     *           "created_at": "2026-01-31T12:00:00Z",
                     *           "due_at": "2026-01-31T12:00:00Z",
                     *           "error": "TimeoutError",
                     *           "event": "catalog.product_created",
                     *           "finished_at": "2026-01-31T12:00:00Z",
                     *           "handler": "catalog.handlers.count_created",
                     *           "id": "42",
                     *           "queue": "default",
                     *           "replays": 1,
                     *           "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                     *           "started_at": "2026-01-31T12:00:00Z",
                     *           "state": "active",
                     *           "tenant": "acme",
                     *           "tenant_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                     *           "tries": 1
                     *         }
                     *       ],
                     *       "has_more": true,
                     *       "next_cursor": "q1b2c3d4e5f6WyIwMTkzIl0",
                     *       "total": 1,
                     *       "total_capped": true
                     *     }
                     */
                    "application/json": components["schemas"]["Page_OperatedDelivery_"];
                };
            };
            400: components["responses"]["400.bad_header.bad_host.bad_request.invalid_cursor.limited"];
            401: components["responses"]["401.key_owner_gone.session_ended.token_expired.unauthenticated.limited"];
            403: components["responses"]["403.impersonation_refused.mfa_enrollment_required.permission_denied.person_required.tenant_suspended.limited"];
            408: components["responses"]["408.request_timeout.limited"];
            413: components["responses"]["413.body_too_large.limited"];
            414: components["responses"]["414.uri_too_long.limited"];
            422: components["responses"]["422.validation_failed.limited"];
            429: components["responses"]["429.rate_limited.limited"];
            431: components["responses"]["431.headers_too_large.limited"];
            503: components["responses"]["503.unavailable.limited"];
            default: components["responses"]["Unexpected"];
        };
    };
    operator_replay_operated_delivery: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description the delivery's id */
                key: string;
                tenant_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "details": {},
                     *       "msg": "Done.",
                     *       "status": true
                     *     }
                     */
                    "application/json": components["schemas"]["DefaultResponse"];
                };
            };
            400: components["responses"]["400.bad_header.bad_host.bad_request.idempotency_key_not_taken.limited"];
            401: components["responses"]["401.key_owner_gone.session_ended.token_expired.unauthenticated.limited"];
            403: components["responses"]["403.impersonation_refused.mfa_enrollment_required.permission_denied.person_required.tenant_suspended.limited"];
            404: components["responses"]["404.not_found.limited"];
            408: components["responses"]["408.request_timeout.limited"];
            409: components["responses"]["409.conflict.delivery_not_dead.limited"];
            413: components["responses"]["413.body_too_large.limited"];
            414: components["responses"]["414.uri_too_long.limited"];
            422: components["responses"]["422.validation_failed.limited"];
            429: components["responses"]["429.rate_limited.limited"];
            431: components["responses"]["431.headers_too_large.limited"];
            503: components["responses"]["503.outcome_unknown.unavailable.limited"];
            default: components["responses"]["Unexpected"];
        };
    };
    operator_replay_operated_deliveries: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "created_at[gte]": "2026-01-31T12:00:00Z",
                 *       "created_at[lt]": "2026-01-31T12:00:00Z",
                 *       "event": "catalog.product_created",
                 *       "handler": "catalog.handlers.count_created",
                 *       "limit": 1000,
                 *       "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "tenant_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00"
                 *     }
                 */
                "application/json": components["schemas"]["OperatedReplay"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "has_more": true,
                     *       "replayed": 1
                     *     }
                     */
                    "application/json": components["schemas"]["Replayed"];
                };
            };
            400: components["responses"]["400.bad_header.bad_host.bad_request.idempotency_key_not_taken.malformed_json.limited"];
            401: components["responses"]["401.key_owner_gone.session_ended.token_expired.unauthenticated.limited"];
            403: components["responses"]["403.impersonation_refused.mfa_enrollment_required.permission_denied.person_required.tenant_suspended.limited"];
            408: components["responses"]["408.request_timeout.limited"];
            409: components["responses"]["409.conflict.limited"];
            413: components["responses"]["413.body_too_large.limited"];
            414: components["responses"]["414.uri_too_long.limited"];
            415: components["responses"]["415.unsupported_media_type.limited"];
            422: components["responses"]["422.validation_failed.limited"];
            429: components["responses"]["429.rate_limited.limited"];
            431: components["responses"]["431.headers_too_large.limited"];
            503: components["responses"]["503.outcome_unknown.unavailable.limited"];
            default: components["responses"]["Unexpected"];
        };
    };
    operator_get_hub: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "events": [
                     *         {
                     *           "description": "In a few words.",
                     *           "event_version": 1,
                     *           "fields": [
                     *             {
                     *               "name": "Nora New",
                     *               "type": "str"
                     *             }
                     *           ],
                     *           "handlers": [
                     *             {
                     *               "lane": "worker",
                     *               "module": "catalog",
                     *               "name": "Nora New",
                     *               "ordered": true,
                     *               "outside": true,
                     *               "priority": "interactive",
                     *               "queue": "default",
                     *               "retries": {
                     *                 "backoff_seconds": 1,
                     *                 "longest_seconds": 1,
                     *                 "max_attempts": 1
                     *               },
                     *               "timeout_seconds": 1,
                     *               "unique": true
                     *             }
                     *           ],
                     *           "module": "catalog",
                     *           "name": "Nora New",
                     *           "public": true,
                     *           "retention_days": 1,
                     *           "sample": {},
                     *           "schema": {}
                     *         }
                     *       ],
                     *       "schedules": [
                     *         {
                     *           "cron": "0 6 * * *",
                     *           "missed": "once",
                     *           "module": "catalog",
                     *           "name": "Nora New",
                     *           "outside": true,
                     *           "per_tenant": true,
                     *           "priority": "interactive",
                     *           "queue": "default",
                     *           "retries": {
                     *             "backoff_seconds": 1,
                     *             "longest_seconds": 1,
                     *             "max_attempts": 1
                     *           },
                     *           "time_zone": "Europe/Berlin",
                     *           "timeout_seconds": 1
                     *         }
                     *       ],
                     *       "tasks": [
                     *         {
                     *           "at_once": 1,
                     *           "keep_days": 1,
                     *           "kind": "catalog.reprice",
                     *           "module": "catalog",
                     *           "priority": "interactive",
                     *           "queue": "default",
                     *           "retries": {
                     *             "backoff_seconds": 1,
                     *             "longest_seconds": 1,
                     *             "max_attempts": 1
                     *           },
                     *           "timeout_seconds": 1,
                     *           "title": "Change prices"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["HubMap"];
                };
            };
            400: components["responses"]["400.bad_header.bad_host.bad_request.limited"];
            401: components["responses"]["401.key_owner_gone.session_ended.token_expired.unauthenticated.limited"];
            403: components["responses"]["403.impersonation_refused.mfa_enrollment_required.permission_denied.person_required.tenant_suspended.limited"];
            408: components["responses"]["408.request_timeout.limited"];
            413: components["responses"]["413.body_too_large.limited"];
            414: components["responses"]["414.uri_too_long.limited"];
            422: components["responses"]["422.validation_failed.limited"];
            429: components["responses"]["429.rate_limited.limited"];
            431: components["responses"]["431.headers_too_large.limited"];
            503: components["responses"]["503.unavailable.limited"];
            default: components["responses"]["Unexpected"];
        };
    };
    operator_list_impersonations: {
        parameters: {
            query?: {
                cursor?: string | null;
                include?: "total" | null;
                /** @description items a page, 1-100 */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    Link: components["headers"]["Link"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "ends_at": "2026-01-31T12:00:00Z",
                     *           "id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                     *           "operator_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                     *           "reason": "asked for by the customer",
                     *           "tenant_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                     *           "user_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00"
                     *         }
                     *       ],
                     *       "has_more": true,
                     *       "next_cursor": "q1b2c3d4e5f6WyIwMTkzIl0",
                     *       "total": 1,
                     *       "total_capped": true
                     *     }
                     */
                    "application/json": components["schemas"]["Page_Impersonation_"];
                };
            };
            400: components["responses"]["400.bad_header.bad_host.bad_request.invalid_cursor.limited"];
            401: components["responses"]["401.key_owner_gone.session_ended.token_expired.unauthenticated.limited"];
            403: components["responses"]["403.impersonation_refused.mfa_enrollment_required.permission_denied.person_required.tenant_suspended.limited"];
            408: components["responses"]["408.request_timeout.limited"];
            413: components["responses"]["413.body_too_large.limited"];
            414: components["responses"]["414.uri_too_long.limited"];
            422: components["responses"]["422.validation_failed.limited"];
            429: components["responses"]["429.rate_limited.limited"];
            431: components["responses"]["431.headers_too_large.limited"];
            503: components["responses"]["503.unavailable.limited"];
            default: components["responses"]["Unexpected"];
        };
    };
    operator_start_impersonation: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "minutes": 30,
                 *       "reason": "asked for by the customer",
                 *       "tenant_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                 *       "user_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00"
                 *     }
                 */
                "application/json": components["schemas"]["Impersonate"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    Location: components["headers"]["Location"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "access_token": "eyJhbGciOiJFZERTQSJ9...",
                     *       "ends_at": "2026-01-31T12:00:00Z",
                     *       "id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                     *       "operator_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                     *       "reason": "asked for by the customer",
                     *       "tenant_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                     *       "user_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00"
                     *     }
                     */
                    "application/json": components["schemas"]["StartedImpersonation"];
                };
            };
            400: components["responses"]["400.bad_header.bad_host.bad_request.idempotency_key_not_taken.malformed_json.limited"];
            401: components["responses"]["401.key_owner_gone.session_ended.step_up_required.token_expired.unauthenticated.limited"];
            403: components["responses"]["403.impersonation_refused.mfa_enrollment_required.permission_denied.person_required.tenant_suspended.limited"];
            404: components["responses"]["404.tenant_not_found.limited"];
            408: components["responses"]["408.request_timeout.limited"];
            409: components["responses"]["409.conflict.limited"];
            413: components["responses"]["413.body_too_large.limited"];
            414: components["responses"]["414.uri_too_long.limited"];
            415: components["responses"]["415.unsupported_media_type.limited"];
            422: components["responses"]["422.validation_failed.limited"];
            429: components["responses"]["429.rate_limited.limited"];
            431: components["responses"]["431.headers_too_large.limited"];
            503: components["responses"]["503.outcome_unknown.unavailable.limited"];
            default: components["responses"]["Unexpected"];
        };
    };
    operator_end_impersonation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                impersonation_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "details": {},
                     *       "msg": "Done.",
                     *       "status": true
                     *     }
                     */
                    "application/json": components["schemas"]["DefaultResponse"];
                };
            };
            400: components["responses"]["400.bad_header.bad_host.bad_request.limited"];
            401: components["responses"]["401.key_owner_gone.session_ended.token_expired.unauthenticated.limited"];
            403: components["responses"]["403.impersonation_refused.mfa_enrollment_required.permission_denied.person_required.tenant_suspended.limited"];
            404: components["responses"]["404.not_found.limited"];
            408: components["responses"]["408.request_timeout.limited"];
            409: components["responses"]["409.conflict.limited"];
            413: components["responses"]["413.body_too_large.limited"];
            414: components["responses"]["414.uri_too_long.limited"];
            422: components["responses"]["422.validation_failed.limited"];
            429: components["responses"]["429.rate_limited.limited"];
            431: components["responses"]["431.headers_too_large.limited"];
            503: components["responses"]["503.outcome_unknown.unavailable.limited"];
            default: components["responses"]["Unexpected"];
        };
    };
    operator_list_schedules: {
        parameters: {
            query?: {
                cursor?: string | null;
                include?: "total" | null;
                /** @description items a page, 1-100 */
                limit?: number;
                /** @description shows the last runs of what each tenant has, in this one */
                tenant_id?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    Link: components["headers"]["Link"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "cron": "0 6 * * *",
                     *           "last_run": {
                     *             "actor": "user:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                     *             "due_at": "2026-01-31T12:00:00Z",
                     *             "event_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                     *             "outcome": "skipped"
                     *           },
                     *           "missed": "skip",
                     *           "name": "Nora New",
                     *           "next_at": "2026-01-31T12:00:00Z",
                     *           "per_tenant": true,
                     *           "time_zone": "Europe/Berlin"
                     *         }
                     *       ],
                     *       "has_more": true,
                     *       "next_cursor": "q1b2c3d4e5f6WyIwMTkzIl0",
                     *       "total": 1,
                     *       "total_capped": true
                     *     }
                     */
                    "application/json": components["schemas"]["Page_ScheduleOut_"];
                };
            };
            400: components["responses"]["400.bad_header.bad_host.bad_request.invalid_cursor.limited"];
            401: components["responses"]["401.key_owner_gone.session_ended.token_expired.unauthenticated.limited"];
            403: components["responses"]["403.impersonation_refused.mfa_enrollment_required.permission_denied.person_required.tenant_suspended.limited"];
            404: components["responses"]["404.tenant_not_found.limited"];
            408: components["responses"]["408.request_timeout.limited"];
            413: components["responses"]["413.body_too_large.limited"];
            414: components["responses"]["414.uri_too_long.limited"];
            422: components["responses"]["422.validation_failed.limited"];
            429: components["responses"]["429.rate_limited.limited"];
            431: components["responses"]["431.headers_too_large.limited"];
            503: components["responses"]["503.unavailable.limited"];
            default: components["responses"]["Unexpected"];
        };
    };
    operator_run_schedule: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description the schedule's name */
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "tenant_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00"
                 *     }
                 */
                "application/json": components["schemas"]["ScheduleStart"];
            };
        };
        responses: {
            /** @description Successful Response */
            202: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "due_at": "2026-01-31T12:00:00Z",
                     *       "event_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                     *       "name": "Nora New",
                     *       "tenant_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00"
                     *     }
                     */
                    "application/json": components["schemas"]["StartedRun"];
                };
            };
            400: components["responses"]["400.bad_header.bad_host.bad_request.idempotency_key_not_taken.malformed_json.limited"];
            401: components["responses"]["401.key_owner_gone.session_ended.token_expired.unauthenticated.limited"];
            403: components["responses"]["403.impersonation_refused.mfa_enrollment_required.permission_denied.person_required.tenant_suspended.limited"];
            404: components["responses"]["404.not_found.tenant_not_found.limited"];
            408: components["responses"]["408.request_timeout.limited"];
            409: components["responses"]["409.conflict.limited"];
            413: components["responses"]["413.body_too_large.limited"];
            414: components["responses"]["414.uri_too_long.limited"];
            415: components["responses"]["415.unsupported_media_type.limited"];
            422: components["responses"]["422.validation_failed.limited"];
            429: components["responses"]["429.rate_limited.limited"];
            431: components["responses"]["431.headers_too_large.limited"];
            503: components["responses"]["503.outcome_unknown.unavailable.limited"];
            default: components["responses"]["Unexpected"];
        };
    };
    operator_list_tenants: {
        parameters: {
            query?: {
                cursor?: string | null;
                include?: "total" | null;
                /** @description items a page, 1-100 */
                limit?: number;
                /** @description only tenants of this plan */
                plan?: string | null;
                /** @description text in slug or name */
                q?: string | null;
                /** @description name, slug, created_at, deletion_due_at; a leading minus reverses; up to 3 by comma, the id decides last */
                sort?: string | null;
                /** @description one or more of active, suspended, by comma */
                state?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    Link: components["headers"]["Link"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "created_at": "2026-01-31T12:00:00Z",
                     *           "deletion_due_at": "2026-01-31T12:00:00Z",
                     *           "id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                     *           "mfa_required": true,
                     *           "name": "Nora New",
                     *           "plan": "standard",
                     *           "slug": "acme",
                     *           "state": "active",
                     *           "version": 1
                     *         }
                     *       ],
                     *       "has_more": true,
                     *       "next_cursor": "q1b2c3d4e5f6WyIwMTkzIl0",
                     *       "total": 1,
                     *       "total_capped": true
                     *     }
                     */
                    "application/json": components["schemas"]["Page_TenantOut_"];
                };
            };
            400: components["responses"]["400.bad_header.bad_host.bad_request.invalid_cursor.limited"];
            401: components["responses"]["401.key_owner_gone.session_ended.token_expired.unauthenticated.limited"];
            403: components["responses"]["403.impersonation_refused.mfa_enrollment_required.permission_denied.person_required.tenant_suspended.limited"];
            408: components["responses"]["408.request_timeout.limited"];
            413: components["responses"]["413.body_too_large.limited"];
            414: components["responses"]["414.uri_too_long.limited"];
            422: components["responses"]["422.validation_failed.limited"];
            429: components["responses"]["429.rate_limited.limited"];
            431: components["responses"]["431.headers_too_large.limited"];
            503: components["responses"]["503.unavailable.limited"];
            default: components["responses"]["Unexpected"];
        };
    };
    operator_create_tenant: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Nora New",
                 *       "owner": "nora@acme.example",
                 *       "plan": "standard",
                 *       "slug": "acme"
                 *     }
                 */
                "application/json": components["schemas"]["TenantMake"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    Location: components["headers"]["Location"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "created_at": "2026-01-31T12:00:00Z",
                     *       "deletion_due_at": "2026-01-31T12:00:00Z",
                     *       "id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                     *       "mfa_required": true,
                     *       "name": "Nora New",
                     *       "plan": "standard",
                     *       "slug": "acme",
                     *       "state": "active",
                     *       "version": 1
                     *     }
                     */
                    "application/json": components["schemas"]["TenantOut"];
                };
            };
            400: components["responses"]["400.bad_header.bad_host.bad_request.idempotency_key_not_taken.malformed_json.limited"];
            401: components["responses"]["401.key_owner_gone.session_ended.token_expired.unauthenticated.limited"];
            403: components["responses"]["403.impersonation_refused.mfa_enrollment_required.permission_denied.person_required.tenant_suspended.limited"];
            408: components["responses"]["408.request_timeout.limited"];
            409: components["responses"]["409.conflict.tenant_slug_taken.limited"];
            413: components["responses"]["413.body_too_large.limited"];
            414: components["responses"]["414.uri_too_long.limited"];
            415: components["responses"]["415.unsupported_media_type.limited"];
            422: components["responses"]["422.validation_failed.limited"];
            429: components["responses"]["429.rate_limited.limited"];
            431: components["responses"]["431.headers_too_large.limited"];
            503: components["responses"]["503.outcome_unknown.unavailable.limited"];
            default: components["responses"]["Unexpected"];
        };
    };
    operator_get_tenant: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that is known; 304 without a body where it is still the present one. */
                "If-None-Match"?: string;
            };
            path: {
                tenant_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "created_at": "2026-01-31T12:00:00Z",
                     *       "deletion_due_at": "2026-01-31T12:00:00Z",
                     *       "id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                     *       "mfa_required": true,
                     *       "name": "Nora New",
                     *       "plan": "standard",
                     *       "slug": "acme",
                     *       "state": "active",
                     *       "version": 1
                     *     }
                     */
                    "application/json": components["schemas"]["TenantOut"];
                };
            };
            /** @description Still the version that is known. */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["400.bad_header.bad_host.bad_request.limited"];
            401: components["responses"]["401.key_owner_gone.session_ended.token_expired.unauthenticated.limited"];
            403: components["responses"]["403.impersonation_refused.mfa_enrollment_required.permission_denied.person_required.tenant_suspended.limited"];
            404: components["responses"]["404.not_found.tenant_not_found.limited"];
            408: components["responses"]["408.request_timeout.limited"];
            413: components["responses"]["413.body_too_large.limited"];
            414: components["responses"]["414.uri_too_long.limited"];
            422: components["responses"]["422.validation_failed.limited"];
            429: components["responses"]["429.rate_limited.limited"];
            431: components["responses"]["431.headers_too_large.limited"];
            503: components["responses"]["503.unavailable.limited"];
            default: components["responses"]["Unexpected"];
        };
    };
    operator_set_plan: {
        parameters: {
            query?: never;
            header: {
                /** @description The ETag that was read, or "*"; missing 428, changed since 412. */
                "If-Match": string;
            };
            path: {
                tenant_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "plan": "standard"
                 *     }
                 */
                "application/json": components["schemas"]["PlanChange"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "created_at": "2026-01-31T12:00:00Z",
                     *       "deletion_due_at": "2026-01-31T12:00:00Z",
                     *       "id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                     *       "mfa_required": true,
                     *       "name": "Nora New",
                     *       "plan": "standard",
                     *       "slug": "acme",
                     *       "state": "active",
                     *       "version": 1
                     *     }
                     */
                    "application/json": components["schemas"]["TenantOut"];
                };
            };
            400: components["responses"]["400.bad_header.bad_host.bad_request.malformed_json.limited"];
            401: components["responses"]["401.key_owner_gone.session_ended.token_expired.unauthenticated.limited"];
            403: components["responses"]["403.impersonation_refused.mfa_enrollment_required.permission_denied.person_required.tenant_suspended.limited"];
            404: components["responses"]["404.not_found.tenant_not_found.limited"];
            408: components["responses"]["408.request_timeout.limited"];
            409: components["responses"]["409.conflict.limited"];
            412: components["responses"]["412.precondition_failed.limited"];
            413: components["responses"]["413.body_too_large.limited"];
            414: components["responses"]["414.uri_too_long.limited"];
            415: components["responses"]["415.unsupported_media_type.limited"];
            422: components["responses"]["422.validation_failed.limited"];
            428: components["responses"]["428.precondition_required.limited"];
            429: components["responses"]["429.rate_limited.limited"];
            431: components["responses"]["431.headers_too_large.limited"];
            503: components["responses"]["503.outcome_unknown.unavailable.limited"];
            default: components["responses"]["Unexpected"];
        };
    };
    operator_resume_tenant: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                tenant_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "created_at": "2026-01-31T12:00:00Z",
                     *       "deletion_due_at": "2026-01-31T12:00:00Z",
                     *       "id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                     *       "mfa_required": true,
                     *       "name": "Nora New",
                     *       "plan": "standard",
                     *       "slug": "acme",
                     *       "state": "active",
                     *       "version": 1
                     *     }
                     */
                    "application/json": components["schemas"]["TenantOut"];
                };
            };
            400: components["responses"]["400.bad_header.bad_host.bad_request.idempotency_key_not_taken.limited"];
            401: components["responses"]["401.key_owner_gone.session_ended.token_expired.unauthenticated.limited"];
            403: components["responses"]["403.impersonation_refused.mfa_enrollment_required.permission_denied.person_required.tenant_suspended.limited"];
            404: components["responses"]["404.not_found.tenant_not_found.limited"];
            408: components["responses"]["408.request_timeout.limited"];
            409: components["responses"]["409.conflict.limited"];
            413: components["responses"]["413.body_too_large.limited"];
            414: components["responses"]["414.uri_too_long.limited"];
            422: components["responses"]["422.validation_failed.limited"];
            429: components["responses"]["429.rate_limited.limited"];
            431: components["responses"]["431.headers_too_large.limited"];
            503: components["responses"]["503.outcome_unknown.unavailable.limited"];
            default: components["responses"]["Unexpected"];
        };
    };
    operator_suspend_tenant: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                tenant_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "reason": "asked for by the customer"
                 *     }
                 */
                "application/json": components["schemas"]["SuspendTenant"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "created_at": "2026-01-31T12:00:00Z",
                     *       "deletion_due_at": "2026-01-31T12:00:00Z",
                     *       "id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                     *       "mfa_required": true,
                     *       "name": "Nora New",
                     *       "plan": "standard",
                     *       "slug": "acme",
                     *       "state": "active",
                     *       "version": 1
                     *     }
                     */
                    "application/json": components["schemas"]["TenantOut"];
                };
            };
            400: components["responses"]["400.bad_header.bad_host.bad_request.idempotency_key_not_taken.malformed_json.limited"];
            401: components["responses"]["401.key_owner_gone.session_ended.token_expired.unauthenticated.limited"];
            403: components["responses"]["403.impersonation_refused.mfa_enrollment_required.permission_denied.person_required.tenant_suspended.limited"];
            404: components["responses"]["404.not_found.tenant_not_found.limited"];
            408: components["responses"]["408.request_timeout.limited"];
            409: components["responses"]["409.conflict.limited"];
            413: components["responses"]["413.body_too_large.limited"];
            414: components["responses"]["414.uri_too_long.limited"];
            415: components["responses"]["415.unsupported_media_type.limited"];
            422: components["responses"]["422.validation_failed.limited"];
            429: components["responses"]["429.rate_limited.limited"];
            431: components["responses"]["431.headers_too_large.limited"];
            503: components["responses"]["503.outcome_unknown.unavailable.limited"];
            default: components["responses"]["Unexpected"];
        };
    };
    operator_disable_user: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                user_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "details": {},
                     *       "msg": "Done.",
                     *       "status": true
                     *     }
                     */
                    "application/json": components["schemas"]["DefaultResponse"];
                };
            };
            400: components["responses"]["400.bad_header.bad_host.bad_request.idempotency_key_not_taken.limited"];
            401: components["responses"]["401.key_owner_gone.session_ended.step_up_required.token_expired.unauthenticated.limited"];
            403: components["responses"]["403.impersonation_refused.mfa_enrollment_required.permission_denied.person_required.tenant_suspended.limited"];
            404: components["responses"]["404.not_found.limited"];
            408: components["responses"]["408.request_timeout.limited"];
            409: components["responses"]["409.conflict.limited"];
            413: components["responses"]["413.body_too_large.limited"];
            414: components["responses"]["414.uri_too_long.limited"];
            422: components["responses"]["422.validation_failed.limited"];
            429: components["responses"]["429.rate_limited.limited"];
            431: components["responses"]["431.headers_too_large.limited"];
            503: components["responses"]["503.outcome_unknown.unavailable.limited"];
            default: components["responses"]["Unexpected"];
        };
    };
    operator_enable_user: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                user_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "details": {},
                     *       "msg": "Done.",
                     *       "status": true
                     *     }
                     */
                    "application/json": components["schemas"]["DefaultResponse"];
                };
            };
            400: components["responses"]["400.bad_header.bad_host.bad_request.idempotency_key_not_taken.limited"];
            401: components["responses"]["401.key_owner_gone.session_ended.step_up_required.token_expired.unauthenticated.limited"];
            403: components["responses"]["403.impersonation_refused.mfa_enrollment_required.permission_denied.person_required.tenant_suspended.limited"];
            404: components["responses"]["404.not_found.limited"];
            408: components["responses"]["408.request_timeout.limited"];
            409: components["responses"]["409.conflict.limited"];
            413: components["responses"]["413.body_too_large.limited"];
            414: components["responses"]["414.uri_too_long.limited"];
            422: components["responses"]["422.validation_failed.limited"];
            429: components["responses"]["429.rate_limited.limited"];
            431: components["responses"]["431.headers_too_large.limited"];
            503: components["responses"]["503.outcome_unknown.unavailable.limited"];
            default: components["responses"]["Unexpected"];
        };
    };
    orders_list_orders: {
        parameters: {
            query?: {
                cursor?: string | null;
                include?: "total" | null;
                /** @description items a page, 1-100 */
                limit?: number;
                /** @description the one with that number */
                number?: number | null;
                /** @description placed at or after */
                "placed_at[gte]"?: string | null;
                /** @description placed before */
                "placed_at[lt]"?: string | null;
                /** @description number, total; a leading minus reverses; up to 3 by comma, the id decides last */
                sort?: string;
                /** @description one or more of placed, paid, shipped, delivered, cancelled, refunded, by comma */
                state?: string | null;
                /** @description at least */
                "total[gte]"?: number | null;
                /** @description at most */
                "total[lte]"?: number | null;
            };
            header?: {
                /** @description The tenant's id or slug. It selects; membership is checked each time. With an access token it is needed: 400 `tenant_required` without it. An API key stands for its own tenant: it may be left out, and another's is 404. */
                "X-Tenant-ID"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    Link: components["headers"]["Link"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "buyer_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                     *           "created_at": "2026-01-31T12:00:00Z",
                     *           "currency": "EUR",
                     *           "discount": 90,
                     *           "discount_percent": 10,
                     *           "id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                     *           "number": 17,
                     *           "placed_at": "2026-01-31T12:00:00Z",
                     *           "state": "placed",
                     *           "subtotal": 900,
                     *           "total": 810,
                     *           "updated_at": "2026-01-31T12:00:00Z",
                     *           "version": 1
                     *         }
                     *       ],
                     *       "has_more": true,
                     *       "next_cursor": "q1b2c3d4e5f6WyIwMTkzIl0",
                     *       "total": 1,
                     *       "total_capped": true
                     *     }
                     */
                    "application/json": components["schemas"]["Page_OrderListed_"];
                };
            };
            400: components["responses"]["400.bad_header.bad_host.bad_request.invalid_cursor.tenant_invalid.tenant_required.limited"];
            401: components["responses"]["401.key_owner_gone.session_ended.token_expired.unauthenticated.limited"];
            403: components["responses"]["403.feature_not_in_plan.mfa_enrollment_required.permission_denied.tenant_suspended.limited"];
            404: components["responses"]["404.tenant_not_found.limited"];
            408: components["responses"]["408.request_timeout.limited"];
            413: components["responses"]["413.body_too_large.limited"];
            414: components["responses"]["414.uri_too_long.limited"];
            422: components["responses"]["422.validation_failed.limited"];
            429: components["responses"]["429.rate_limited.limited"];
            431: components["responses"]["431.headers_too_large.limited"];
            503: components["responses"]["503.unavailable.limited"];
            default: components["responses"]["Unexpected"];
        };
    };
    orders_get_order: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that is known; 304 without a body where it is still the present one. */
                "If-None-Match"?: string;
                /** @description The tenant's id or slug. It selects; membership is checked each time. With an access token it is needed: 400 `tenant_required` without it. An API key stands for its own tenant: it may be left out, and another's is 404. */
                "X-Tenant-ID"?: string;
            };
            path: {
                order_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "buyer_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                     *       "created_at": "2026-01-31T12:00:00Z",
                     *       "currency": "EUR",
                     *       "discount": 90,
                     *       "discount_percent": 10,
                     *       "id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                     *       "lines": [
                     *         {
                     *           "id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                     *           "name": "Green tea",
                     *           "price": 450,
                     *           "product_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                     *           "quantity": 2,
                     *           "sku": "TEA-01",
                     *           "total": 900,
                     *           "variant_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00"
                     *         }
                     *       ],
                     *       "number": 17,
                     *       "payments": [
                     *         {
                     *           "amount": 810,
                     *           "created_at": "2026-01-31T12:00:00Z",
                     *           "id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                     *           "kind": "charge",
                     *           "reason": "insufficient_funds",
                     *           "reference": "ch_019ab3c4",
                     *           "settled_at": "2026-01-31T12:00:00Z",
                     *           "state": "accepted"
                     *         }
                     *       ],
                     *       "placed_at": "2026-01-31T12:00:00Z",
                     *       "state": "placed",
                     *       "subtotal": 900,
                     *       "total": 810,
                     *       "updated_at": "2026-01-31T12:00:00Z",
                     *       "version": 1
                     *     }
                     */
                    "application/json": components["schemas"]["OrderOut"];
                };
            };
            /** @description Still the version that is known. */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["400.bad_header.bad_host.bad_request.tenant_invalid.tenant_required.limited"];
            401: components["responses"]["401.key_owner_gone.session_ended.token_expired.unauthenticated.limited"];
            403: components["responses"]["403.feature_not_in_plan.mfa_enrollment_required.permission_denied.tenant_suspended.limited"];
            404: components["responses"]["404.not_found.tenant_not_found.limited"];
            408: components["responses"]["408.request_timeout.limited"];
            413: components["responses"]["413.body_too_large.limited"];
            414: components["responses"]["414.uri_too_long.limited"];
            422: components["responses"]["422.validation_failed.limited"];
            429: components["responses"]["429.rate_limited.limited"];
            431: components["responses"]["431.headers_too_large.limited"];
            503: components["responses"]["503.unavailable.limited"];
            default: components["responses"]["Unexpected"];
        };
    };
    orders_cancel_order: {
        parameters: {
            query?: never;
            header: {
                /** @description 1 to 255 visible ASCII characters, chosen anew for each write. Sent again within 24 hours with the same body: the first answer, with `Idempotent-Replayed: true`; meanwhile 409, with another body 422. */
                "Idempotency-Key"?: string;
                /** @description The ETag that was read, or "*"; missing 428, changed since 412. */
                "If-Match": string;
                /** @description The tenant's id or slug. It selects; membership is checked each time. With an access token it is needed: 400 `tenant_required` without it. An API key stands for its own tenant: it may be left out, and another's is 404. */
                "X-Tenant-ID"?: string;
            };
            path: {
                order_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "buyer_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                     *       "created_at": "2026-01-31T12:00:00Z",
                     *       "currency": "EUR",
                     *       "discount": 90,
                     *       "discount_percent": 10,
                     *       "id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                     *       "lines": [
                     *         {
                     *           "id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                     *           "name": "Green tea",
                     *           "price": 450,
                     *           "product_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                     *           "quantity": 2,
                     *           "sku": "TEA-01",
                     *           "total": 900,
                     *           "variant_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00"
                     *         }
                     *       ],
                     *       "number": 17,
                     *       "payments": [
                     *         {
                     *           "amount": 810,
                     *           "created_at": "2026-01-31T12:00:00Z",
                     *           "id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                     *           "kind": "charge",
                     *           "reason": "insufficient_funds",
                     *           "reference": "ch_019ab3c4",
                     *           "settled_at": "2026-01-31T12:00:00Z",
                     *           "state": "accepted"
                     *         }
                     *       ],
                     *       "placed_at": "2026-01-31T12:00:00Z",
                     *       "state": "placed",
                     *       "subtotal": 900,
                     *       "total": 810,
                     *       "updated_at": "2026-01-31T12:00:00Z",
                     *       "version": 1
                     *     }
                     */
                    "application/json": components["schemas"]["OrderOut"];
                };
            };
            400: components["responses"]["400.bad_header.bad_host.bad_request.idempotency_key_invalid.tenant_invalid.tenant_required.limited"];
            401: components["responses"]["401.key_owner_gone.session_ended.token_expired.unauthenticated.limited"];
            403: components["responses"]["403.feature_not_in_plan.mfa_enrollment_required.permission_denied.tenant_suspended.limited"];
            404: components["responses"]["404.not_found.tenant_not_found.limited"];
            408: components["responses"]["408.request_timeout.limited"];
            409: components["responses"]["409.conflict.idempotency_in_progress.order_move_refused.payment_pending.limited"];
            412: components["responses"]["412.precondition_failed.limited"];
            413: components["responses"]["413.body_too_large.limited"];
            414: components["responses"]["414.uri_too_long.limited"];
            422: components["responses"]["422.idempotency_key_reused.validation_failed.limited"];
            428: components["responses"]["428.precondition_required.limited"];
            429: components["responses"]["429.rate_limited.limited"];
            431: components["responses"]["431.headers_too_large.limited"];
            503: components["responses"]["503.outcome_unknown.unavailable.limited"];
            default: components["responses"]["Unexpected"];
        };
    };
    orders_pay_order: {
        parameters: {
            query?: never;
            header?: {
                /** @description 1 to 255 visible ASCII characters, chosen anew for each write. Sent again within 24 hours with the same body: the first answer, with `Idempotent-Replayed: true`; meanwhile 409, with another body 422. */
                "Idempotency-Key"?: string;
                /** @description The tenant's id or slug. It selects; membership is checked each time. With an access token it is needed: 400 `tenant_required` without it. An API key stands for its own tenant: it may be left out, and another's is 404. */
                "X-Tenant-ID"?: string;
            };
            path: {
                order_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "source": "card_accept"
                 *     }
                 */
                "application/json": components["schemas"]["PaymentCreate"];
            };
        };
        responses: {
            /** @description Successful Response */
            202: {
                headers: {
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    Location: components["headers"]["Location"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "actor": "user:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                     *       "after": [
                     *         "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00"
                     *       ],
                     *       "attempt": 1,
                     *       "cancel_requested_at": "2026-01-31T12:00:00Z",
                     *       "cancellable": true,
                     *       "created_at": "2026-01-31T12:00:00Z",
                     *       "error": "TimeoutError",
                     *       "expires_at": "2026-01-31T12:00:00Z",
                     *       "finished_at": "2026-01-31T12:00:00Z",
                     *       "id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                     *       "kind": "catalog.reprice",
                     *       "progress": {
                     *         "done": 1,
                     *         "message": "Changing prices",
                     *         "partial": {},
                     *         "total": 1,
                     *         "unit": "products"
                     *       },
                     *       "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                     *       "result": {},
                     *       "revision": 1,
                     *       "started_at": "2026-01-31T12:00:00Z",
                     *       "state": "active"
                     *     }
                     */
                    "application/json": components["schemas"]["TaskOut"];
                };
            };
            400: components["responses"]["400.bad_header.bad_host.bad_request.idempotency_key_invalid.malformed_json.tenant_invalid.tenant_required.limited"];
            401: components["responses"]["401.key_owner_gone.session_ended.token_expired.unauthenticated.limited"];
            403: components["responses"]["403.feature_not_in_plan.mfa_enrollment_required.permission_denied.tenant_suspended.limited"];
            404: components["responses"]["404.not_found.tenant_not_found.limited"];
            408: components["responses"]["408.request_timeout.limited"];
            409: components["responses"]["409.conflict.idempotency_in_progress.order_move_refused.payment_pending.payments_off.too_many_tasks.limited"];
            413: components["responses"]["413.body_too_large.limited"];
            414: components["responses"]["414.uri_too_long.limited"];
            415: components["responses"]["415.unsupported_media_type.limited"];
            422: components["responses"]["422.idempotency_key_reused.validation_failed.limited"];
            429: components["responses"]["429.rate_limited.limited"];
            431: components["responses"]["431.headers_too_large.limited"];
            503: components["responses"]["503.outcome_unknown.unavailable.limited"];
            default: components["responses"]["Unexpected"];
        };
    };
    orders_refund_order: {
        parameters: {
            query?: never;
            header?: {
                /** @description 1 to 255 visible ASCII characters, chosen anew for each write. Sent again within 24 hours with the same body: the first answer, with `Idempotent-Replayed: true`; meanwhile 409, with another body 422. */
                "Idempotency-Key"?: string;
                /** @description The tenant's id or slug. It selects; membership is checked each time. With an access token it is needed: 400 `tenant_required` without it. An API key stands for its own tenant: it may be left out, and another's is 404. */
                "X-Tenant-ID"?: string;
            };
            path: {
                order_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            202: {
                headers: {
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    Location: components["headers"]["Location"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "actor": "user:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                     *       "after": [
                     *         "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00"
                     *       ],
                     *       "attempt": 1,
                     *       "cancel_requested_at": "2026-01-31T12:00:00Z",
                     *       "cancellable": true,
                     *       "created_at": "2026-01-31T12:00:00Z",
                     *       "error": "TimeoutError",
                     *       "expires_at": "2026-01-31T12:00:00Z",
                     *       "finished_at": "2026-01-31T12:00:00Z",
                     *       "id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                     *       "kind": "catalog.reprice",
                     *       "progress": {
                     *         "done": 1,
                     *         "message": "Changing prices",
                     *         "partial": {},
                     *         "total": 1,
                     *         "unit": "products"
                     *       },
                     *       "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                     *       "result": {},
                     *       "revision": 1,
                     *       "started_at": "2026-01-31T12:00:00Z",
                     *       "state": "active"
                     *     }
                     */
                    "application/json": components["schemas"]["TaskOut"];
                };
            };
            400: components["responses"]["400.bad_header.bad_host.bad_request.idempotency_key_invalid.tenant_invalid.tenant_required.limited"];
            401: components["responses"]["401.key_owner_gone.session_ended.token_expired.unauthenticated.limited"];
            403: components["responses"]["403.feature_not_in_plan.mfa_enrollment_required.permission_denied.tenant_suspended.limited"];
            404: components["responses"]["404.not_found.tenant_not_found.limited"];
            408: components["responses"]["408.request_timeout.limited"];
            409: components["responses"]["409.conflict.idempotency_in_progress.order_move_refused.payments_off.too_many_tasks.limited"];
            413: components["responses"]["413.body_too_large.limited"];
            414: components["responses"]["414.uri_too_long.limited"];
            422: components["responses"]["422.idempotency_key_reused.validation_failed.limited"];
            429: components["responses"]["429.rate_limited.limited"];
            431: components["responses"]["431.headers_too_large.limited"];
            503: components["responses"]["503.outcome_unknown.unavailable.limited"];
            default: components["responses"]["Unexpected"];
        };
    };
    permissions_list_permissions: {
        parameters: {
            query?: {
                cursor?: string | null;
                include?: "total" | null;
                /** @description items a page, 1-100 */
                limit?: number;
            };
            header?: {
                /** @description The tenant's id or slug. It selects; membership is checked each time. With an access token it is needed: 400 `tenant_required` without it. An API key stands for its own tenant: it may be left out, and another's is 404. */
                "X-Tenant-ID"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    Link: components["headers"]["Link"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "description": "In a few words.",
                     *           "id": "42",
                     *           "lowest_role": "viewer",
                     *           "module": "catalog"
                     *         }
                     *       ],
                     *       "has_more": true,
                     *       "next_cursor": "q1b2c3d4e5f6WyIwMTkzIl0",
                     *       "total": 1,
                     *       "total_capped": true
                     *     }
                     */
                    "application/json": components["schemas"]["Page_PermissionOut_"];
                };
            };
            400: components["responses"]["400.bad_header.bad_host.bad_request.invalid_cursor.tenant_invalid.tenant_required.limited"];
            401: components["responses"]["401.key_owner_gone.session_ended.token_expired.unauthenticated.limited"];
            403: components["responses"]["403.mfa_enrollment_required.permission_denied.tenant_suspended.limited"];
            404: components["responses"]["404.tenant_not_found.limited"];
            408: components["responses"]["408.request_timeout.limited"];
            413: components["responses"]["413.body_too_large.limited"];
            414: components["responses"]["414.uri_too_long.limited"];
            422: components["responses"]["422.validation_failed.limited"];
            429: components["responses"]["429.rate_limited.limited"];
            431: components["responses"]["431.headers_too_large.limited"];
            503: components["responses"]["503.unavailable.limited"];
            default: components["responses"]["Unexpected"];
        };
    };
    catalog_list_products: {
        parameters: {
            query?: {
                /** @description in this category or in one below it */
                category?: string | null;
                /** @description made at or after */
                "created_at[gte]"?: string | null;
                /** @description made before */
                "created_at[lt]"?: string | null;
                cursor?: string | null;
                include?: "total" | null;
                /** @description items a page, 1-100 */
                limit?: number;
                /** @description at least */
                "price[gte]"?: number | null;
                /** @description at most */
                "price[lte]"?: number | null;
                /** @description text in name or sku */
                q?: string | null;
                /** @description created_at, name, price; a leading minus reverses; up to 3 by comma, the id decides last */
                sort?: string;
                /** @description one or more of draft, active, archived, by comma */
                status?: string | null;
                /** @description changed at or after */
                "updated_at[gte]"?: string | null;
                /** @description changed before */
                "updated_at[lt]"?: string | null;
            };
            header?: {
                /** @description The tenant's id or slug. It selects; membership is checked each time. With an access token it is needed: 400 `tenant_required` without it. An API key stands for its own tenant: it may be left out, and another's is 404. */
                "X-Tenant-ID"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    Link: components["headers"]["Link"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "category_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                     *           "created_at": "2026-01-31T12:00:00Z",
                     *           "currency": "EUR",
                     *           "description": "From the first harvest.",
                     *           "id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                     *           "name": "Green tea",
                     *           "price": 450,
                     *           "sku": "TEA-01",
                     *           "status": "active",
                     *           "stock": 12,
                     *           "updated_at": "2026-01-31T12:00:00Z",
                     *           "version": 1
                     *         }
                     *       ],
                     *       "has_more": true,
                     *       "next_cursor": "q1b2c3d4e5f6WyIwMTkzIl0",
                     *       "total": 1,
                     *       "total_capped": true
                     *     }
                     */
                    "application/json": components["schemas"]["Page_ProductOut_"];
                };
            };
            400: components["responses"]["400.bad_header.bad_host.bad_request.invalid_cursor.tenant_invalid.tenant_required.limited"];
            401: components["responses"]["401.key_owner_gone.session_ended.token_expired.unauthenticated.limited"];
            403: components["responses"]["403.feature_not_in_plan.mfa_enrollment_required.permission_denied.tenant_suspended.limited"];
            404: components["responses"]["404.tenant_not_found.limited"];
            408: components["responses"]["408.request_timeout.limited"];
            413: components["responses"]["413.body_too_large.limited"];
            414: components["responses"]["414.uri_too_long.limited"];
            422: components["responses"]["422.validation_failed.limited"];
            429: components["responses"]["429.rate_limited.limited"];
            431: components["responses"]["431.headers_too_large.limited"];
            503: components["responses"]["503.unavailable.limited"];
            default: components["responses"]["Unexpected"];
        };
    };
    catalog_create_product: {
        parameters: {
            query?: never;
            header?: {
                /** @description 1 to 255 visible ASCII characters, chosen anew for each write. Sent again within 24 hours with the same body: the first answer, with `Idempotent-Replayed: true`; meanwhile 409, with another body 422. */
                "Idempotency-Key"?: string;
                /** @description The tenant's id or slug. It selects; membership is checked each time. With an access token it is needed: 400 `tenant_required` without it. An API key stands for its own tenant: it may be left out, and another's is 404. */
                "X-Tenant-ID"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "currency": "EUR",
                 *       "name": "Green tea",
                 *       "price": 450,
                 *       "sku": "TEA-01",
                 *       "status": "active",
                 *       "stock": 12
                 *     }
                 */
                "application/json": components["schemas"]["ProductCreate"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    Location: components["headers"]["Location"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "category_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                     *       "created_at": "2026-01-31T12:00:00Z",
                     *       "currency": "EUR",
                     *       "description": "From the first harvest.",
                     *       "id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                     *       "name": "Green tea",
                     *       "price": 450,
                     *       "sku": "TEA-01",
                     *       "status": "active",
                     *       "stock": 12,
                     *       "updated_at": "2026-01-31T12:00:00Z",
                     *       "version": 1
                     *     }
                     */
                    "application/json": components["schemas"]["ProductOut"];
                };
            };
            400: components["responses"]["400.bad_header.bad_host.bad_request.idempotency_key_invalid.malformed_json.tenant_invalid.tenant_required.limited"];
            401: components["responses"]["401.key_owner_gone.session_ended.token_expired.unauthenticated.limited"];
            403: components["responses"]["403.feature_not_in_plan.mfa_enrollment_required.permission_denied.tenant_suspended.limited"];
            404: components["responses"]["404.tenant_not_found.limited"];
            408: components["responses"]["408.request_timeout.limited"];
            409: components["responses"]["409.conflict.idempotency_in_progress.product_sku_taken.limited"];
            413: components["responses"]["413.body_too_large.limited"];
            414: components["responses"]["414.uri_too_long.limited"];
            415: components["responses"]["415.unsupported_media_type.limited"];
            422: components["responses"]["422.category_unknown.idempotency_key_reused.validation_failed.limited"];
            429: components["responses"]["429.rate_limited.limited"];
            431: components["responses"]["431.headers_too_large.limited"];
            503: components["responses"]["503.outcome_unknown.unavailable.limited"];
            default: components["responses"]["Unexpected"];
        };
    };
    catalog_get_product: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that is known; 304 without a body where it is still the present one. */
                "If-None-Match"?: string;
                /** @description The tenant's id or slug. It selects; membership is checked each time. With an access token it is needed: 400 `tenant_required` without it. An API key stands for its own tenant: it may be left out, and another's is 404. */
                "X-Tenant-ID"?: string;
            };
            path: {
                product_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "category_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                     *       "created_at": "2026-01-31T12:00:00Z",
                     *       "currency": "EUR",
                     *       "description": "From the first harvest.",
                     *       "id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                     *       "name": "Green tea",
                     *       "price": 450,
                     *       "sku": "TEA-01",
                     *       "status": "active",
                     *       "stock": 12,
                     *       "updated_at": "2026-01-31T12:00:00Z",
                     *       "version": 1
                     *     }
                     */
                    "application/json": components["schemas"]["ProductOut"];
                };
            };
            /** @description Still the version that is known. */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["400.bad_header.bad_host.bad_request.tenant_invalid.tenant_required.limited"];
            401: components["responses"]["401.key_owner_gone.session_ended.token_expired.unauthenticated.limited"];
            403: components["responses"]["403.feature_not_in_plan.mfa_enrollment_required.permission_denied.tenant_suspended.limited"];
            404: components["responses"]["404.not_found.tenant_not_found.limited"];
            408: components["responses"]["408.request_timeout.limited"];
            413: components["responses"]["413.body_too_large.limited"];
            414: components["responses"]["414.uri_too_long.limited"];
            422: components["responses"]["422.validation_failed.limited"];
            429: components["responses"]["429.rate_limited.limited"];
            431: components["responses"]["431.headers_too_large.limited"];
            503: components["responses"]["503.unavailable.limited"];
            default: components["responses"]["Unexpected"];
        };
    };
    catalog_update_product: {
        parameters: {
            query?: never;
            header: {
                /** @description 1 to 255 visible ASCII characters, chosen anew for each write. Sent again within 24 hours with the same body: the first answer, with `Idempotent-Replayed: true`; meanwhile 409, with another body 422. */
                "Idempotency-Key"?: string;
                /** @description The ETag that was read, or "*"; missing 428, changed since 412. */
                "If-Match": string;
                /** @description The tenant's id or slug. It selects; membership is checked each time. With an access token it is needed: 400 `tenant_required` without it. An API key stands for its own tenant: it may be left out, and another's is 404. */
                "X-Tenant-ID"?: string;
            };
            path: {
                product_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "price": 500
                 *     }
                 */
                "application/json": components["schemas"]["ProductUpdate"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "category_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                     *       "created_at": "2026-01-31T12:00:00Z",
                     *       "currency": "EUR",
                     *       "description": "From the first harvest.",
                     *       "id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                     *       "name": "Green tea",
                     *       "price": 450,
                     *       "sku": "TEA-01",
                     *       "status": "active",
                     *       "stock": 12,
                     *       "updated_at": "2026-01-31T12:00:00Z",
                     *       "version": 1
                     *     }
                     */
                    "application/json": components["schemas"]["ProductOut"];
                };
            };
            400: components["responses"]["400.bad_header.bad_host.bad_request.idempotency_key_invalid.malformed_json.tenant_invalid.tenant_required.limited"];
            401: components["responses"]["401.key_owner_gone.session_ended.token_expired.unauthenticated.limited"];
            403: components["responses"]["403.feature_not_in_plan.mfa_enrollment_required.permission_denied.tenant_suspended.limited"];
            404: components["responses"]["404.not_found.tenant_not_found.limited"];
            408: components["responses"]["408.request_timeout.limited"];
            409: components["responses"]["409.conflict.idempotency_in_progress.product_archived.product_sku_taken.stock_reserved.limited"];
            412: components["responses"]["412.precondition_failed.limited"];
            413: components["responses"]["413.body_too_large.limited"];
            414: components["responses"]["414.uri_too_long.limited"];
            415: components["responses"]["415.unsupported_media_type.limited"];
            422: components["responses"]["422.category_unknown.idempotency_key_reused.validation_failed.limited"];
            428: components["responses"]["428.precondition_required.limited"];
            429: components["responses"]["429.rate_limited.limited"];
            431: components["responses"]["431.headers_too_large.limited"];
            503: components["responses"]["503.outcome_unknown.unavailable.limited"];
            default: components["responses"]["Unexpected"];
        };
    };
    catalog_archive_product: {
        parameters: {
            query?: never;
            header: {
                /** @description 1 to 255 visible ASCII characters, chosen anew for each write. Sent again within 24 hours with the same body: the first answer, with `Idempotent-Replayed: true`; meanwhile 409, with another body 422. */
                "Idempotency-Key"?: string;
                /** @description The ETag that was read, or "*"; missing 428, changed since 412. */
                "If-Match": string;
                /** @description The tenant's id or slug. It selects; membership is checked each time. With an access token it is needed: 400 `tenant_required` without it. An API key stands for its own tenant: it may be left out, and another's is 404. */
                "X-Tenant-ID"?: string;
            };
            path: {
                product_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "category_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                     *       "created_at": "2026-01-31T12:00:00Z",
                     *       "currency": "EUR",
                     *       "description": "From the first harvest.",
                     *       "id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                     *       "name": "Green tea",
                     *       "price": 450,
                     *       "sku": "TEA-01",
                     *       "status": "active",
                     *       "stock": 12,
                     *       "updated_at": "2026-01-31T12:00:00Z",
                     *       "version": 1
                     *     }
                     */
                    "application/json": components["schemas"]["ProductOut"];
                };
            };
            400: components["responses"]["400.bad_header.bad_host.bad_request.idempotency_key_invalid.tenant_invalid.tenant_required.limited"];
            401: components["responses"]["401.key_owner_gone.session_ended.token_expired.unauthenticated.limited"];
            403: components["responses"]["403.feature_not_in_plan.mfa_enrollment_required.permission_denied.tenant_suspended.limited"];
            404: components["responses"]["404.not_found.tenant_not_found.limited"];
            408: components["responses"]["408.request_timeout.limited"];
            409: components["responses"]["409.conflict.idempotency_in_progress.product_archived.limited"];
            412: components["responses"]["412.precondition_failed.limited"];
            413: components["responses"]["413.body_too_large.limited"];
            414: components["responses"]["414.uri_too_long.limited"];
            422: components["responses"]["422.idempotency_key_reused.validation_failed.limited"];
            428: components["responses"]["428.precondition_required.limited"];
            429: components["responses"]["429.rate_limited.limited"];
            431: components["responses"]["431.headers_too_large.limited"];
            503: components["responses"]["503.outcome_unknown.unavailable.limited"];
            default: components["responses"]["Unexpected"];
        };
    };
    catalog_list_prices: {
        parameters: {
            query?: {
                cursor?: string | null;
                include?: "total" | null;
                /** @description items a page, 1-100 */
                limit?: number;
            };
            header?: {
                /** @description The tenant's id or slug. It selects; membership is checked each time. With an access token it is needed: 400 `tenant_required` without it. An API key stands for its own tenant: it may be left out, and another's is 404. */
                "X-Tenant-ID"?: string;
            };
            path: {
                product_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    Link: components["headers"]["Link"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "changed_at": "2026-01-31T12:00:00Z",
                     *           "changed_by": "user:0193a2f0-7c1e-7d3a-8f10-2b6c5d4e3f21",
                     *           "currency": "EUR",
                     *           "id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                     *           "previous_currency": "EUR",
                     *           "previous_price": 450,
                     *           "price": 500,
                     *           "variant_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00"
                     *         }
                     *       ],
                     *       "has_more": true,
                     *       "next_cursor": "q1b2c3d4e5f6WyIwMTkzIl0",
                     *       "total": 1,
                     *       "total_capped": true
                     *     }
                     */
                    "application/json": components["schemas"]["Page_PriceChangeOut_"];
                };
            };
            400: components["responses"]["400.bad_header.bad_host.bad_request.invalid_cursor.tenant_invalid.tenant_required.limited"];
            401: components["responses"]["401.key_owner_gone.session_ended.token_expired.unauthenticated.limited"];
            403: components["responses"]["403.feature_not_in_plan.mfa_enrollment_required.permission_denied.tenant_suspended.limited"];
            404: components["responses"]["404.not_found.tenant_not_found.limited"];
            408: components["responses"]["408.request_timeout.limited"];
            413: components["responses"]["413.body_too_large.limited"];
            414: components["responses"]["414.uri_too_long.limited"];
            422: components["responses"]["422.validation_failed.limited"];
            429: components["responses"]["429.rate_limited.limited"];
            431: components["responses"]["431.headers_too_large.limited"];
            503: components["responses"]["503.unavailable.limited"];
            default: components["responses"]["Unexpected"];
        };
    };
    catalog_list_stock: {
        parameters: {
            query?: {
                cursor?: string | null;
                include?: "total" | null;
                /** @description items a page, 1-100 */
                limit?: number;
            };
            header?: {
                /** @description The tenant's id or slug. It selects; membership is checked each time. With an access token it is needed: 400 `tenant_required` without it. An API key stands for its own tenant: it may be left out, and another's is 404. */
                "X-Tenant-ID"?: string;
            };
            path: {
                product_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    Link: components["headers"]["Link"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "available": 9,
                     *           "reserved": 3,
                     *           "sku": "TEA-01",
                     *           "stock": 12,
                     *           "variant_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00"
                     *         }
                     *       ],
                     *       "has_more": true,
                     *       "next_cursor": "q1b2c3d4e5f6WyIwMTkzIl0",
                     *       "total": 1,
                     *       "total_capped": true
                     *     }
                     */
                    "application/json": components["schemas"]["Page_StockOut_"];
                };
            };
            400: components["responses"]["400.bad_header.bad_host.bad_request.invalid_cursor.tenant_invalid.tenant_required.limited"];
            401: components["responses"]["401.key_owner_gone.session_ended.token_expired.unauthenticated.limited"];
            403: components["responses"]["403.feature_not_in_plan.mfa_enrollment_required.permission_denied.tenant_suspended.limited"];
            404: components["responses"]["404.not_found.tenant_not_found.limited"];
            408: components["responses"]["408.request_timeout.limited"];
            413: components["responses"]["413.body_too_large.limited"];
            414: components["responses"]["414.uri_too_long.limited"];
            422: components["responses"]["422.validation_failed.limited"];
            429: components["responses"]["429.rate_limited.limited"];
            431: components["responses"]["431.headers_too_large.limited"];
            503: components["responses"]["503.unavailable.limited"];
            default: components["responses"]["Unexpected"];
        };
    };
    catalog_list_variants: {
        parameters: {
            query?: {
                cursor?: string | null;
                include?: "total" | null;
                /** @description items a page, 1-100 */
                limit?: number;
                /** @description created_at, name, price; a leading minus reverses; up to 3 by comma, the id decides last */
                sort?: string;
                /** @description one or more of draft, active, archived, by comma */
                status?: string | null;
            };
            header?: {
                /** @description The tenant's id or slug. It selects; membership is checked each time. With an access token it is needed: 400 `tenant_required` without it. An API key stands for its own tenant: it may be left out, and another's is 404. */
                "X-Tenant-ID"?: string;
            };
            path: {
                product_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    Link: components["headers"]["Link"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "created_at": "2026-01-31T12:00:00Z",
                     *           "currency": "EUR",
                     *           "id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                     *           "name": "500 g",
                     *           "price": 1900,
                     *           "product_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                     *           "sku": "TEA-01-L",
                     *           "status": "active",
                     *           "stock": 4,
                     *           "updated_at": "2026-01-31T12:00:00Z",
                     *           "version": 1
                     *         }
                     *       ],
                     *       "has_more": true,
                     *       "next_cursor": "q1b2c3d4e5f6WyIwMTkzIl0",
                     *       "total": 1,
                     *       "total_capped": true
                     *     }
                     */
                    "application/json": components["schemas"]["Page_VariantOut_"];
                };
            };
            400: components["responses"]["400.bad_header.bad_host.bad_request.invalid_cursor.tenant_invalid.tenant_required.limited"];
            401: components["responses"]["401.key_owner_gone.session_ended.token_expired.unauthenticated.limited"];
            403: components["responses"]["403.feature_not_in_plan.mfa_enrollment_required.permission_denied.tenant_suspended.limited"];
            404: components["responses"]["404.not_found.tenant_not_found.limited"];
            408: components["responses"]["408.request_timeout.limited"];
            413: components["responses"]["413.body_too_large.limited"];
            414: components["responses"]["414.uri_too_long.limited"];
            422: components["responses"]["422.validation_failed.limited"];
            429: components["responses"]["429.rate_limited.limited"];
            431: components["responses"]["431.headers_too_large.limited"];
            503: components["responses"]["503.unavailable.limited"];
            default: components["responses"]["Unexpected"];
        };
    };
    catalog_create_variant: {
        parameters: {
            query?: never;
            header?: {
                /** @description 1 to 255 visible ASCII characters, chosen anew for each write. Sent again within 24 hours with the same body: the first answer, with `Idempotent-Replayed: true`; meanwhile 409, with another body 422. */
                "Idempotency-Key"?: string;
                /** @description The tenant's id or slug. It selects; membership is checked each time. With an access token it is needed: 400 `tenant_required` without it. An API key stands for its own tenant: it may be left out, and another's is 404. */
                "X-Tenant-ID"?: string;
            };
            path: {
                product_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "currency": "EUR",
                 *       "name": "500 g",
                 *       "price": 1900,
                 *       "sku": "TEA-01-L",
                 *       "stock": 4
                 *     }
                 */
                "application/json": components["schemas"]["VariantCreate"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    Location: components["headers"]["Location"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "created_at": "2026-01-31T12:00:00Z",
                     *       "currency": "EUR",
                     *       "id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                     *       "name": "500 g",
                     *       "price": 1900,
                     *       "product_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                     *       "sku": "TEA-01-L",
                     *       "status": "active",
                     *       "stock": 4,
                     *       "updated_at": "2026-01-31T12:00:00Z",
                     *       "version": 1
                     *     }
                     */
                    "application/json": components["schemas"]["VariantOut"];
                };
            };
            400: components["responses"]["400.bad_header.bad_host.bad_request.idempotency_key_invalid.malformed_json.tenant_invalid.tenant_required.limited"];
            401: components["responses"]["401.key_owner_gone.session_ended.token_expired.unauthenticated.limited"];
            403: components["responses"]["403.feature_not_in_plan.mfa_enrollment_required.permission_denied.tenant_suspended.limited"];
            404: components["responses"]["404.not_found.tenant_not_found.limited"];
            408: components["responses"]["408.request_timeout.limited"];
            409: components["responses"]["409.conflict.idempotency_in_progress.product_archived.product_sku_taken.limited"];
            413: components["responses"]["413.body_too_large.limited"];
            414: components["responses"]["414.uri_too_long.limited"];
            415: components["responses"]["415.unsupported_media_type.limited"];
            422: components["responses"]["422.idempotency_key_reused.validation_failed.limited"];
            429: components["responses"]["429.rate_limited.limited"];
            431: components["responses"]["431.headers_too_large.limited"];
            503: components["responses"]["503.outcome_unknown.unavailable.limited"];
            default: components["responses"]["Unexpected"];
        };
    };
    catalog_get_variant: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that is known; 304 without a body where it is still the present one. */
                "If-None-Match"?: string;
                /** @description The tenant's id or slug. It selects; membership is checked each time. With an access token it is needed: 400 `tenant_required` without it. An API key stands for its own tenant: it may be left out, and another's is 404. */
                "X-Tenant-ID"?: string;
            };
            path: {
                product_id: string;
                variant_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "created_at": "2026-01-31T12:00:00Z",
                     *       "currency": "EUR",
                     *       "id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                     *       "name": "500 g",
                     *       "price": 1900,
                     *       "product_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                     *       "sku": "TEA-01-L",
                     *       "status": "active",
                     *       "stock": 4,
                     *       "updated_at": "2026-01-31T12:00:00Z",
                     *       "version": 1
                     *     }
                     */
                    "application/json": components["schemas"]["VariantOut"];
                };
            };
            /** @description Still the version that is known. */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["400.bad_header.bad_host.bad_request.tenant_invalid.tenant_required.limited"];
            401: components["responses"]["401.key_owner_gone.session_ended.token_expired.unauthenticated.limited"];
            403: components["responses"]["403.feature_not_in_plan.mfa_enrollment_required.permission_denied.tenant_suspended.limited"];
            404: components["responses"]["404.not_found.tenant_not_found.limited"];
            408: components["responses"]["408.request_timeout.limited"];
            413: components["responses"]["413.body_too_large.limited"];
            414: components["responses"]["414.uri_too_long.limited"];
            422: components["responses"]["422.validation_failed.limited"];
            429: components["responses"]["429.rate_limited.limited"];
            431: components["responses"]["431.headers_too_large.limited"];
            503: components["responses"]["503.unavailable.limited"];
            default: components["responses"]["Unexpected"];
        };
    };
    catalog_update_variant: {
        parameters: {
            query?: never;
            header: {
                /** @description 1 to 255 visible ASCII characters, chosen anew for each write. Sent again within 24 hours with the same body: the first answer, with `Idempotent-Replayed: true`; meanwhile 409, with another body 422. */
                "Idempotency-Key"?: string;
                /** @description The ETag that was read, or "*"; missing 428, changed since 412. */
                "If-Match": string;
                /** @description The tenant's id or slug. It selects; membership is checked each time. With an access token it is needed: 400 `tenant_required` without it. An API key stands for its own tenant: it may be left out, and another's is 404. */
                "X-Tenant-ID"?: string;
            };
            path: {
                product_id: string;
                variant_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "stock": 9
                 *     }
                 */
                "application/json": components["schemas"]["VariantUpdate"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "created_at": "2026-01-31T12:00:00Z",
                     *       "currency": "EUR",
                     *       "id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                     *       "name": "500 g",
                     *       "price": 1900,
                     *       "product_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                     *       "sku": "TEA-01-L",
                     *       "status": "active",
                     *       "stock": 4,
                     *       "updated_at": "2026-01-31T12:00:00Z",
                     *       "version": 1
                     *     }
                     */
                    "application/json": components["schemas"]["VariantOut"];
                };
            };
            400: components["responses"]["400.bad_header.bad_host.bad_request.idempotency_key_invalid.malformed_json.tenant_invalid.tenant_required.limited"];
            401: components["responses"]["401.key_owner_gone.session_ended.token_expired.unauthenticated.limited"];
            403: components["responses"]["403.feature_not_in_plan.mfa_enrollment_required.permission_denied.tenant_suspended.limited"];
            404: components["responses"]["404.not_found.tenant_not_found.limited"];
            408: components["responses"]["408.request_timeout.limited"];
            409: components["responses"]["409.conflict.idempotency_in_progress.product_archived.product_sku_taken.stock_reserved.variant_archived.limited"];
            412: components["responses"]["412.precondition_failed.limited"];
            413: components["responses"]["413.body_too_large.limited"];
            414: components["responses"]["414.uri_too_long.limited"];
            415: components["responses"]["415.unsupported_media_type.limited"];
            422: components["responses"]["422.idempotency_key_reused.validation_failed.limited"];
            428: components["responses"]["428.precondition_required.limited"];
            429: components["responses"]["429.rate_limited.limited"];
            431: components["responses"]["431.headers_too_large.limited"];
            503: components["responses"]["503.outcome_unknown.unavailable.limited"];
            default: components["responses"]["Unexpected"];
        };
    };
    catalog_archive_variant: {
        parameters: {
            query?: never;
            header: {
                /** @description 1 to 255 visible ASCII characters, chosen anew for each write. Sent again within 24 hours with the same body: the first answer, with `Idempotent-Replayed: true`; meanwhile 409, with another body 422. */
                "Idempotency-Key"?: string;
                /** @description The ETag that was read, or "*"; missing 428, changed since 412. */
                "If-Match": string;
                /** @description The tenant's id or slug. It selects; membership is checked each time. With an access token it is needed: 400 `tenant_required` without it. An API key stands for its own tenant: it may be left out, and another's is 404. */
                "X-Tenant-ID"?: string;
            };
            path: {
                product_id: string;
                variant_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "created_at": "2026-01-31T12:00:00Z",
                     *       "currency": "EUR",
                     *       "id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                     *       "name": "500 g",
                     *       "price": 1900,
                     *       "product_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                     *       "sku": "TEA-01-L",
                     *       "status": "active",
                     *       "stock": 4,
                     *       "updated_at": "2026-01-31T12:00:00Z",
                     *       "version": 1
                     *     }
                     */
                    "application/json": components["schemas"]["VariantOut"];
                };
            };
            400: components["responses"]["400.bad_header.bad_host.bad_request.idempotency_key_invalid.tenant_invalid.tenant_required.limited"];
            401: components["responses"]["401.key_owner_gone.session_ended.token_expired.unauthenticated.limited"];
            403: components["responses"]["403.feature_not_in_plan.mfa_enrollment_required.permission_denied.tenant_suspended.limited"];
            404: components["responses"]["404.not_found.tenant_not_found.limited"];
            408: components["responses"]["408.request_timeout.limited"];
            409: components["responses"]["409.conflict.idempotency_in_progress.product_archived.variant_archived.limited"];
            412: components["responses"]["412.precondition_failed.limited"];
            413: components["responses"]["413.body_too_large.limited"];
            414: components["responses"]["414.uri_too_long.limited"];
            422: components["responses"]["422.idempotency_key_reused.validation_failed.limited"];
            428: components["responses"]["428.precondition_required.limited"];
            429: components["responses"]["429.rate_limited.limited"];
            431: components["responses"]["431.headers_too_large.limited"];
            503: components["responses"]["503.outcome_unknown.unavailable.limited"];
            default: components["responses"]["Unexpected"];
        };
    };
    catalog_create_products: {
        parameters: {
            query?: never;
            header?: {
                /** @description 1 to 255 visible ASCII characters, chosen anew for each write. Sent again within 24 hours with the same body: the first answer, with `Idempotent-Replayed: true`; meanwhile 409, with another body 422. */
                "Idempotency-Key"?: string;
                /** @description The tenant's id or slug. It selects; membership is checked each time. With an access token it is needed: 400 `tenant_required` without it. An API key stands for its own tenant: it may be left out, and another's is 404. */
                "X-Tenant-ID"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "atomic": false,
                 *       "items": [
                 *         {
                 *           "currency": "EUR",
                 *           "name": "Green tea",
                 *           "price": 450,
                 *           "sku": "TEA-01",
                 *           "status": "active",
                 *           "stock": 12
                 *         }
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["Batch_ProductCreate_"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "failed": 0,
                     *       "results": [
                     *         {
                     *           "index": 0,
                     *           "problem": null,
                     *           "resource": {
                     *             "category_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                     *             "created_at": "2026-01-31T12:00:00Z",
                     *             "currency": "EUR",
                     *             "description": "From the first harvest.",
                     *             "id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                     *             "name": "Green tea",
                     *             "price": 450,
                     *             "sku": "TEA-01",
                     *             "status": "active",
                     *             "stock": 12,
                     *             "updated_at": "2026-01-31T12:00:00Z",
                     *             "version": 1
                     *           },
                     *           "status": 201
                     *         }
                     *       ],
                     *       "succeeded": 1
                     *     }
                     */
                    "application/json": components["schemas"]["BatchOut_ProductOut_"];
                };
            };
            400: components["responses"]["400.bad_header.bad_host.bad_request.idempotency_key_invalid.malformed_json.tenant_invalid.tenant_required.limited"];
            401: components["responses"]["401.key_owner_gone.session_ended.token_expired.unauthenticated.limited"];
            403: components["responses"]["403.feature_not_in_plan.mfa_enrollment_required.permission_denied.tenant_suspended.limited"];
            404: components["responses"]["404.tenant_not_found.limited"];
            408: components["responses"]["408.request_timeout.limited"];
            409: components["responses"]["409.conflict.idempotency_in_progress.product_sku_taken.limited"];
            413: components["responses"]["413.body_too_large.limited"];
            414: components["responses"]["414.uri_too_long.limited"];
            415: components["responses"]["415.unsupported_media_type.limited"];
            422: components["responses"]["422.category_unknown.idempotency_key_reused.validation_failed.limited"];
            429: components["responses"]["429.rate_limited.limited"];
            431: components["responses"]["431.headers_too_large.limited"];
            503: components["responses"]["503.outcome_unknown.unavailable.limited"];
            default: components["responses"]["Unexpected"];
        };
    };
    catalog_reprice_products: {
        parameters: {
            query?: never;
            header?: {
                /** @description 1 to 255 visible ASCII characters, chosen anew for each write. Sent again within 24 hours with the same body: the first answer, with `Idempotent-Replayed: true`; meanwhile 409, with another body 422. */
                "Idempotency-Key"?: string;
                /** @description The tenant's id or slug. It selects; membership is checked each time. With an access token it is needed: 400 `tenant_required` without it. An API key stands for its own tenant: it may be left out, and another's is 404. */
                "X-Tenant-ID"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "percent": 5,
                 *       "status": "active"
                 *     }
                 */
                "application/json": components["schemas"]["ProductsReprice"];
            };
        };
        responses: {
            /** @description Successful Response */
            202: {
                headers: {
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    Location: components["headers"]["Location"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "actor": "user:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                     *       "after": [
                     *         "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00"
                     *       ],
                     *       "attempt": 1,
                     *       "cancel_requested_at": "2026-01-31T12:00:00Z",
                     *       "cancellable": true,
                     *       "created_at": "2026-01-31T12:00:00Z",
                     *       "error": "TimeoutError",
                     *       "expires_at": "2026-01-31T12:00:00Z",
                     *       "finished_at": "2026-01-31T12:00:00Z",
                     *       "id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                     *       "kind": "catalog.reprice",
                     *       "progress": {
                     *         "done": 1,
                     *         "message": "Changing prices",
                     *         "partial": {},
                     *         "total": 1,
                     *         "unit": "products"
                     *       },
                     *       "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                     *       "result": {},
                     *       "revision": 1,
                     *       "started_at": "2026-01-31T12:00:00Z",
                     *       "state": "active"
                     *     }
                     */
                    "application/json": components["schemas"]["TaskOut"];
                };
            };
            400: components["responses"]["400.bad_header.bad_host.bad_request.idempotency_key_invalid.malformed_json.tenant_invalid.tenant_required.limited"];
            401: components["responses"]["401.key_owner_gone.session_ended.token_expired.unauthenticated.limited"];
            403: components["responses"]["403.feature_not_in_plan.mfa_enrollment_required.permission_denied.tenant_suspended.limited"];
            404: components["responses"]["404.tenant_not_found.limited"];
            408: components["responses"]["408.request_timeout.limited"];
            409: components["responses"]["409.conflict.idempotency_in_progress.too_many_tasks.limited"];
            413: components["responses"]["413.body_too_large.limited"];
            414: components["responses"]["414.uri_too_long.limited"];
            415: components["responses"]["415.unsupported_media_type.limited"];
            422: components["responses"]["422.idempotency_key_reused.validation_failed.limited"];
            429: components["responses"]["429.rate_limited.limited"];
            431: components["responses"]["431.headers_too_large.limited"];
            503: components["responses"]["503.outcome_unknown.unavailable.limited"];
            default: components["responses"]["Unexpected"];
        };
    };
    catalog_get_summary: {
        parameters: {
            query?: never;
            header?: {
                /** @description The tenant's id or slug. It selects; membership is checked each time. With an access token it is needed: 400 `tenant_required` without it. An API key stands for its own tenant: it may be left out, and another's is 404. */
                "X-Tenant-ID"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "by_status": {
                     *         "active": 1,
                     *         "archived": 1,
                     *         "draft": 1
                     *       },
                     *       "total": 1,
                     *       "updated_at": "2026-01-31T12:00:00Z"
                     *     }
                     */
                    "application/json": components["schemas"]["ProductSummaryOut"];
                };
            };
            400: components["responses"]["400.bad_header.bad_host.bad_request.tenant_invalid.tenant_required.limited"];
            401: components["responses"]["401.key_owner_gone.session_ended.token_expired.unauthenticated.limited"];
            403: components["responses"]["403.feature_not_in_plan.mfa_enrollment_required.permission_denied.tenant_suspended.limited"];
            404: components["responses"]["404.tenant_not_found.limited"];
            408: components["responses"]["408.request_timeout.limited"];
            413: components["responses"]["413.body_too_large.limited"];
            414: components["responses"]["414.uri_too_long.limited"];
            422: components["responses"]["422.validation_failed.limited"];
            429: components["responses"]["429.rate_limited.limited"];
            431: components["responses"]["431.headers_too_large.limited"];
            503: components["responses"]["503.unavailable.limited"];
            default: components["responses"]["Unexpected"];
        };
    };
    roles_list_roles: {
        parameters: {
            query?: {
                cursor?: string | null;
                include?: "total" | null;
                /** @description items a page, 1-100 */
                limit?: number;
                /** @description text in key or name */
                q?: string | null;
            };
            header?: {
                /** @description The tenant's id or slug. It selects; membership is checked each time. With an access token it is needed: 400 `tenant_required` without it. An API key stands for its own tenant: it may be left out, and another's is 404. */
                "X-Tenant-ID"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    Link: components["headers"]["Link"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "description": "In a few words.",
                     *           "key": "stock-keeper",
                     *           "name": "Nora New",
                     *           "permissions": [
                     *             "catalog.products:read"
                     *           ],
                     *           "system": true,
                     *           "version": 1
                     *         }
                     *       ],
                     *       "has_more": true,
                     *       "next_cursor": "q1b2c3d4e5f6WyIwMTkzIl0",
                     *       "total": 1,
                     *       "total_capped": true
                     *     }
                     */
                    "application/json": components["schemas"]["Page_RoleOut_"];
                };
            };
            400: components["responses"]["400.bad_header.bad_host.bad_request.invalid_cursor.tenant_invalid.tenant_required.limited"];
            401: components["responses"]["401.key_owner_gone.session_ended.token_expired.unauthenticated.limited"];
            403: components["responses"]["403.mfa_enrollment_required.permission_denied.tenant_suspended.limited"];
            404: components["responses"]["404.tenant_not_found.limited"];
            408: components["responses"]["408.request_timeout.limited"];
            413: components["responses"]["413.body_too_large.limited"];
            414: components["responses"]["414.uri_too_long.limited"];
            422: components["responses"]["422.validation_failed.limited"];
            429: components["responses"]["429.rate_limited.limited"];
            431: components["responses"]["431.headers_too_large.limited"];
            503: components["responses"]["503.unavailable.limited"];
            default: components["responses"]["Unexpected"];
        };
    };
    roles_create_role: {
        parameters: {
            query?: never;
            header?: {
                /** @description 1 to 255 visible ASCII characters, chosen anew for each write. Sent again within 24 hours with the same body: the first answer, with `Idempotent-Replayed: true`; meanwhile 409, with another body 422. */
                "Idempotency-Key"?: string;
                /** @description The tenant's id or slug. It selects; membership is checked each time. With an access token it is needed: 400 `tenant_required` without it. An API key stands for its own tenant: it may be left out, and another's is 404. */
                "X-Tenant-ID"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "key": "buyer",
                 *       "name": "Buyer",
                 *       "permissions": [
                 *         "tenants.members:read"
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["RoleCreate"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    Location: components["headers"]["Location"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "description": "In a few words.",
                     *       "key": "stock-keeper",
                     *       "name": "Nora New",
                     *       "permissions": [
                     *         "catalog.products:read"
                     *       ],
                     *       "system": true,
                     *       "version": 1
                     *     }
                     */
                    "application/json": components["schemas"]["RoleOut"];
                };
            };
            400: components["responses"]["400.bad_header.bad_host.bad_request.idempotency_key_invalid.malformed_json.tenant_invalid.tenant_required.limited"];
            401: components["responses"]["401.key_owner_gone.session_ended.token_expired.unauthenticated.limited"];
            403: components["responses"]["403.mfa_enrollment_required.permission_denied.tenant_suspended.limited"];
            404: components["responses"]["404.tenant_not_found.limited"];
            408: components["responses"]["408.request_timeout.limited"];
            409: components["responses"]["409.conflict.idempotency_in_progress.role_key_taken.limited"];
            413: components["responses"]["413.body_too_large.limited"];
            414: components["responses"]["414.uri_too_long.limited"];
            415: components["responses"]["415.unsupported_media_type.limited"];
            422: components["responses"]["422.idempotency_key_reused.validation_failed.limited"];
            429: components["responses"]["429.rate_limited.limited"];
            431: components["responses"]["431.headers_too_large.limited"];
            503: components["responses"]["503.outcome_unknown.unavailable.limited"];
            default: components["responses"]["Unexpected"];
        };
    };
    roles_get_role: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that is known; 304 without a body where it is still the present one. */
                "If-None-Match"?: string;
                /** @description The tenant's id or slug. It selects; membership is checked each time. With an access token it is needed: 400 `tenant_required` without it. An API key stands for its own tenant: it may be left out, and another's is 404. */
                "X-Tenant-ID"?: string;
            };
            path: {
                /** @description the role's key */
                key: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "description": "In a few words.",
                     *       "key": "stock-keeper",
                     *       "name": "Nora New",
                     *       "permissions": [
                     *         "catalog.products:read"
                     *       ],
                     *       "system": true,
                     *       "version": 1
                     *     }
                     */
                    "application/json": components["schemas"]["RoleOut"];
                };
            };
            /** @description Still the version that is known. */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["400.bad_header.bad_host.bad_request.tenant_invalid.tenant_required.limited"];
            401: components["responses"]["401.key_owner_gone.session_ended.token_expired.unauthenticated.limited"];
            403: components["responses"]["403.mfa_enrollment_required.permission_denied.tenant_suspended.limited"];
            404: components["responses"]["404.not_found.tenant_not_found.limited"];
            408: components["responses"]["408.request_timeout.limited"];
            413: components["responses"]["413.body_too_large.limited"];
            414: components["responses"]["414.uri_too_long.limited"];
            422: components["responses"]["422.validation_failed.limited"];
            429: components["responses"]["429.rate_limited.limited"];
            431: components["responses"]["431.headers_too_large.limited"];
            503: components["responses"]["503.unavailable.limited"];
            default: components["responses"]["Unexpected"];
        };
    };
    roles_delete_role: {
        parameters: {
            query?: never;
            header: {
                /** @description The ETag that was read, or "*"; missing 428, changed since 412. */
                "If-Match": string;
                /** @description The tenant's id or slug. It selects; membership is checked each time. With an access token it is needed: 400 `tenant_required` without it. An API key stands for its own tenant: it may be left out, and another's is 404. */
                "X-Tenant-ID"?: string;
            };
            path: {
                /** @description the role's key */
                key: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "details": {},
                     *       "msg": "Done.",
                     *       "status": true
                     *     }
                     */
                    "application/json": components["schemas"]["DefaultResponse"];
                };
            };
            400: components["responses"]["400.bad_header.bad_host.bad_request.tenant_invalid.tenant_required.limited"];
            401: components["responses"]["401.key_owner_gone.session_ended.token_expired.unauthenticated.limited"];
            403: components["responses"]["403.mfa_enrollment_required.permission_denied.tenant_suspended.limited"];
            404: components["responses"]["404.not_found.tenant_not_found.limited"];
            408: components["responses"]["408.request_timeout.limited"];
            409: components["responses"]["409.conflict.role_in_use.system_role_fixed.limited"];
            412: components["responses"]["412.precondition_failed.limited"];
            413: components["responses"]["413.body_too_large.limited"];
            414: components["responses"]["414.uri_too_long.limited"];
            422: components["responses"]["422.validation_failed.limited"];
            428: components["responses"]["428.precondition_required.limited"];
            429: components["responses"]["429.rate_limited.limited"];
            431: components["responses"]["431.headers_too_large.limited"];
            503: components["responses"]["503.outcome_unknown.unavailable.limited"];
            default: components["responses"]["Unexpected"];
        };
    };
    roles_update_role: {
        parameters: {
            query?: never;
            header: {
                /** @description 1 to 255 visible ASCII characters, chosen anew for each write. Sent again within 24 hours with the same body: the first answer, with `Idempotent-Replayed: true`; meanwhile 409, with another body 422. */
                "Idempotency-Key"?: string;
                /** @description The ETag that was read, or "*"; missing 428, changed since 412. */
                "If-Match": string;
                /** @description The tenant's id or slug. It selects; membership is checked each time. With an access token it is needed: 400 `tenant_required` without it. An API key stands for its own tenant: it may be left out, and another's is 404. */
                "X-Tenant-ID"?: string;
            };
            path: {
                /** @description the role's key */
                key: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "permissions": [
                 *         "tenants.members:read"
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["RoleUpdate"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "description": "In a few words.",
                     *       "key": "stock-keeper",
                     *       "name": "Nora New",
                     *       "permissions": [
                     *         "catalog.products:read"
                     *       ],
                     *       "system": true,
                     *       "version": 1
                     *     }
                     */
                    "application/json": components["schemas"]["RoleOut"];
                };
            };
            400: components["responses"]["400.bad_header.bad_host.bad_request.idempotency_key_invalid.malformed_json.tenant_invalid.tenant_required.limited"];
            401: components["responses"]["401.key_owner_gone.session_ended.token_expired.unauthenticated.limited"];
            403: components["responses"]["403.mfa_enrollment_required.permission_denied.tenant_suspended.limited"];
            404: components["responses"]["404.not_found.tenant_not_found.limited"];
            408: components["responses"]["408.request_timeout.limited"];
            409: components["responses"]["409.conflict.idempotency_in_progress.system_role_fixed.limited"];
            412: components["responses"]["412.precondition_failed.limited"];
            413: components["responses"]["413.body_too_large.limited"];
            414: components["responses"]["414.uri_too_long.limited"];
            415: components["responses"]["415.unsupported_media_type.limited"];
            422: components["responses"]["422.idempotency_key_reused.validation_failed.limited"];
            428: components["responses"]["428.precondition_required.limited"];
            429: components["responses"]["429.rate_limited.limited"];
            431: components["responses"]["431.headers_too_large.limited"];
            503: components["responses"]["503.outcome_unknown.unavailable.limited"];
            default: components["responses"]["Unexpected"];
        };
    };
    shipping_list_shipments: {
        parameters: {
            query?: {
                cursor?: string | null;
                include?: "total" | null;
                /** @description items a page, 1-100 */
                limit?: number;
                /** @description the one of that order */
                order_id?: string | null;
                /** @description created_at; a leading minus reverses; up to 3 by comma, the id decides last */
                sort?: string;
                /** @description one or more of pending, inProgress, delivered, failed, by comma */
                status?: string | null;
            };
            header?: {
                /** @description The tenant's id or slug. It selects; membership is checked each time. With an access token it is needed: 400 `tenant_required` without it. An API key stands for its own tenant: it may be left out, and another's is 404. */
                "X-Tenant-ID"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    Link: components["headers"]["Link"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "carrier": "http",
                     *           "created_at": "2026-01-31T12:00:00Z",
                     *           "id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                     *           "order_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                     *           "order_number": 17,
                     *           "reason": "address unknown",
                     *           "reference": "P-4711",
                     *           "status": "inProgress",
                     *           "tracking_number": "JD0146",
                     *           "updated_at": "2026-01-31T12:00:00Z",
                     *           "version": 1
                     *         }
                     *       ],
                     *       "has_more": true,
                     *       "next_cursor": "q1b2c3d4e5f6WyIwMTkzIl0",
                     *       "total": 1,
                     *       "total_capped": true
                     *     }
                     */
                    "application/json": components["schemas"]["Page_ShipmentOut_"];
                };
            };
            400: components["responses"]["400.bad_header.bad_host.bad_request.invalid_cursor.tenant_invalid.tenant_required.limited"];
            401: components["responses"]["401.key_owner_gone.session_ended.token_expired.unauthenticated.limited"];
            403: components["responses"]["403.feature_not_in_plan.mfa_enrollment_required.permission_denied.tenant_suspended.limited"];
            404: components["responses"]["404.tenant_not_found.limited"];
            408: components["responses"]["408.request_timeout.limited"];
            413: components["responses"]["413.body_too_large.limited"];
            414: components["responses"]["414.uri_too_long.limited"];
            422: components["responses"]["422.validation_failed.limited"];
            429: components["responses"]["429.rate_limited.limited"];
            431: components["responses"]["431.headers_too_large.limited"];
            503: components["responses"]["503.unavailable.limited"];
            default: components["responses"]["Unexpected"];
        };
    };
    shipping_get_shipment: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that is known; 304 without a body where it is still the present one. */
                "If-None-Match"?: string;
                /** @description The tenant's id or slug. It selects; membership is checked each time. With an access token it is needed: 400 `tenant_required` without it. An API key stands for its own tenant: it may be left out, and another's is 404. */
                "X-Tenant-ID"?: string;
            };
            path: {
                shipment_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "carrier": "http",
                     *       "created_at": "2026-01-31T12:00:00Z",
                     *       "id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                     *       "order_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                     *       "order_number": 17,
                     *       "reason": "address unknown",
                     *       "reference": "P-4711",
                     *       "status": "inProgress",
                     *       "tracking_number": "JD0146",
                     *       "updated_at": "2026-01-31T12:00:00Z",
                     *       "version": 1
                     *     }
                     */
                    "application/json": components["schemas"]["ShipmentOut"];
                };
            };
            /** @description Still the version that is known. */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["400.bad_header.bad_host.bad_request.tenant_invalid.tenant_required.limited"];
            401: components["responses"]["401.key_owner_gone.session_ended.token_expired.unauthenticated.limited"];
            403: components["responses"]["403.feature_not_in_plan.mfa_enrollment_required.permission_denied.tenant_suspended.limited"];
            404: components["responses"]["404.not_found.tenant_not_found.limited"];
            408: components["responses"]["408.request_timeout.limited"];
            413: components["responses"]["413.body_too_large.limited"];
            414: components["responses"]["414.uri_too_long.limited"];
            422: components["responses"]["422.validation_failed.limited"];
            429: components["responses"]["429.rate_limited.limited"];
            431: components["responses"]["431.headers_too_large.limited"];
            503: components["responses"]["503.unavailable.limited"];
            default: components["responses"]["Unexpected"];
        };
    };
    shipping_dispatch_shipment: {
        parameters: {
            query?: never;
            header?: {
                /** @description 1 to 255 visible ASCII characters, chosen anew for each write. Sent again within 24 hours with the same body: the first answer, with `Idempotent-Replayed: true`; meanwhile 409, with another body 422. */
                "Idempotency-Key"?: string;
                /** @description The tenant's id or slug. It selects; membership is checked each time. With an access token it is needed: 400 `tenant_required` without it. An API key stands for its own tenant: it may be left out, and another's is 404. */
                "X-Tenant-ID"?: string;
            };
            path: {
                shipment_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            202: {
                headers: {
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    Location: components["headers"]["Location"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "actor": "user:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                     *       "after": [
                     *         "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00"
                     *       ],
                     *       "attempt": 1,
                     *       "cancel_requested_at": "2026-01-31T12:00:00Z",
                     *       "cancellable": true,
                     *       "created_at": "2026-01-31T12:00:00Z",
                     *       "error": "TimeoutError",
                     *       "expires_at": "2026-01-31T12:00:00Z",
                     *       "finished_at": "2026-01-31T12:00:00Z",
                     *       "id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                     *       "kind": "catalog.reprice",
                     *       "progress": {
                     *         "done": 1,
                     *         "message": "Changing prices",
                     *         "partial": {},
                     *         "total": 1,
                     *         "unit": "products"
                     *       },
                     *       "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                     *       "result": {},
                     *       "revision": 1,
                     *       "started_at": "2026-01-31T12:00:00Z",
                     *       "state": "active"
                     *     }
                     */
                    "application/json": components["schemas"]["TaskOut"];
                };
            };
            400: components["responses"]["400.bad_header.bad_host.bad_request.idempotency_key_invalid.tenant_invalid.tenant_required.limited"];
            401: components["responses"]["401.key_owner_gone.session_ended.token_expired.unauthenticated.limited"];
            403: components["responses"]["403.feature_not_in_plan.mfa_enrollment_required.permission_denied.tenant_suspended.limited"];
            404: components["responses"]["404.not_found.tenant_not_found.limited"];
            408: components["responses"]["408.request_timeout.limited"];
            409: components["responses"]["409.carrier_missing.conflict.idempotency_in_progress.shipment_move_refused.too_many_tasks.limited"];
            413: components["responses"]["413.body_too_large.limited"];
            414: components["responses"]["414.uri_too_long.limited"];
            422: components["responses"]["422.idempotency_key_reused.validation_failed.limited"];
            429: components["responses"]["429.rate_limited.limited"];
            431: components["responses"]["431.headers_too_large.limited"];
            503: components["responses"]["503.outcome_unknown.unavailable.limited"];
            default: components["responses"]["Unexpected"];
        };
    };
    shipping_get_carrier: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that is known; 304 without a body where it is still the present one. */
                "If-None-Match"?: string;
                /** @description The tenant's id or slug. It selects; membership is checked each time. With an access token it is needed: 400 `tenant_required` without it. An API key stands for its own tenant: it may be left out, and another's is 404. */
                "X-Tenant-ID"?: string;
            };
            path: {
                /** @description local or http, as far as they are offered here */
                carrier: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "carrier": "http",
                     *       "is_chosen": true,
                     *       "is_configured": true,
                     *       "updated_at": "2026-01-31T12:00:00Z",
                     *       "version": 1,
                     *       "webhook_path": "/api/v1/shipping/webhooks/..."
                     *     }
                     */
                    "application/json": components["schemas"]["CarrierOut"];
                };
            };
            /** @description Still the version that is known. */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["400.bad_header.bad_host.bad_request.tenant_invalid.tenant_required.limited"];
            401: components["responses"]["401.key_owner_gone.session_ended.token_expired.unauthenticated.limited"];
            403: components["responses"]["403.feature_not_in_plan.mfa_enrollment_required.permission_denied.tenant_suspended.limited"];
            404: components["responses"]["404.not_found.tenant_not_found.limited"];
            408: components["responses"]["408.request_timeout.limited"];
            413: components["responses"]["413.body_too_large.limited"];
            414: components["responses"]["414.uri_too_long.limited"];
            422: components["responses"]["422.validation_failed.limited"];
            429: components["responses"]["429.rate_limited.limited"];
            431: components["responses"]["431.headers_too_large.limited"];
            503: components["responses"]["503.unavailable.limited"];
            default: components["responses"]["Unexpected"];
        };
    };
    shipping_set_carrier: {
        parameters: {
            query?: never;
            header: {
                /** @description The ETag that was read, or "*"; missing 428, changed since 412. */
                "If-Match": string;
                /** @description The tenant's id or slug. It selects; membership is checked each time. With an access token it is needed: 400 `tenant_required` without it. An API key stands for its own tenant: it may be left out, and another's is 404. */
                "X-Tenant-ID"?: string;
            };
            path: {
                /** @description local or http, as far as they are offered here */
                carrier: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "credential": "carrier_accept",
                 *       "is_chosen": true,
                 *       "webhook_secret": "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
                 *     }
                 */
                "application/json": components["schemas"]["CarrierPut"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "carrier": "http",
                     *       "is_chosen": true,
                     *       "is_configured": true,
                     *       "updated_at": "2026-01-31T12:00:00Z",
                     *       "version": 1,
                     *       "webhook_path": "/api/v1/shipping/webhooks/..."
                     *     }
                     */
                    "application/json": components["schemas"]["CarrierOut"];
                };
            };
            400: components["responses"]["400.bad_header.bad_host.bad_request.malformed_json.tenant_invalid.tenant_required.limited"];
            401: components["responses"]["401.key_owner_gone.session_ended.token_expired.unauthenticated.limited"];
            403: components["responses"]["403.feature_not_in_plan.mfa_enrollment_required.permission_denied.tenant_suspended.limited"];
            404: components["responses"]["404.not_found.tenant_not_found.limited"];
            408: components["responses"]["408.request_timeout.limited"];
            409: components["responses"]["409.conflict.limited"];
            412: components["responses"]["412.precondition_failed.limited"];
            413: components["responses"]["413.body_too_large.limited"];
            414: components["responses"]["414.uri_too_long.limited"];
            415: components["responses"]["415.unsupported_media_type.limited"];
            422: components["responses"]["422.validation_failed.limited"];
            428: components["responses"]["428.precondition_required.limited"];
            429: components["responses"]["429.rate_limited.limited"];
            431: components["responses"]["431.headers_too_large.limited"];
            503: components["responses"]["503.outcome_unknown.unavailable.limited"];
            default: components["responses"]["Unexpected"];
        };
    };
    shipping_receive_message: {
        parameters: {
            query?: never;
            header?: {
                /** @description the sender's id of the message; each counts once */
                "webhook-id"?: string;
                /** @description `v1,` and the base64 of HMAC-SHA256 over `<id>.<timestamp>.<body>`; several by spaces */
                "webhook-signature"?: string;
                /** @description seconds since 1970, at most 5 minutes from now */
                "webhook-timestamp"?: string;
            };
            path: {
                endpoint_id: string;
                tenant_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "occurred_at": "2026-01-31T12:00:00Z",
                 *       "reference": "P-4711",
                 *       "status": "inProgress"
                 *     }
                 */
                "application/json": components["schemas"]["CarrierMessage"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "details": {},
                     *       "msg": "Done.",
                     *       "status": true
                     *     }
                     */
                    "application/json": components["schemas"]["DefaultResponse"];
                };
            };
            400: components["responses"]["400.bad_header.bad_host.bad_request.malformed_json"];
            401: components["responses"]["401.webhook_refused"];
            404: components["responses"]["404.not_found"];
            408: components["responses"]["408.request_timeout"];
            409: components["responses"]["409.conflict.payment_pending.shipment_unknown"];
            413: components["responses"]["413.body_too_large"];
            414: components["responses"]["414.uri_too_long"];
            415: components["responses"]["415.unsupported_media_type"];
            422: components["responses"]["422.validation_failed"];
            431: components["responses"]["431.headers_too_large"];
            503: components["responses"]["503.outcome_unknown.unavailable"];
            default: components["responses"]["Unexpected"];
        };
    };
    tasks_list_tasks: {
        parameters: {
            query?: {
                cursor?: string | null;
                include?: "total" | null;
                /** @description only tasks of this kind */
                kind?: string | null;
                /** @description items a page, 1-100 */
                limit?: number;
                /** @description one or more of queued, running, succeeded, failed, cancelled, by comma */
                state?: string | null;
            };
            header?: {
                /** @description The tenant's id or slug. It selects; membership is checked each time. With an access token it is needed: 400 `tenant_required` without it. An API key stands for its own tenant: it may be left out, and another's is 404. */
                "X-Tenant-ID"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    Link: components["headers"]["Link"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "actor": "user:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                     *           "after": [
                     *             "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00"
                     *           ],
                     *           "attempt": 1,
                     *           "cancel_requested_at": "2026-01-31T12:00:00Z",
                     *           "cancellable": true,
                     *           "created_at": "2026-01-31T12:00:00Z",
                     *           "error": "TimeoutError",
                     *           "expires_at": "2026-01-31T12:00:00Z",
                     *           "finished_at": "2026-01-31T12:00:00Z",
                     *           "id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                     *           "kind": "catalog.reprice",
                     *           "progress": {
                     *             "done": 1,
                     *             "message": "Changing prices",
                     *             "partial": {},
                     *             "total": 1,
                     *             "unit": "products"
                     *           },
                     *           "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                     *           "result": {},
                     *           "revision": 1,
                     *           "started_at": "2026-01-31T12:00:00Z",
                     *           "state": "active"
                     *         }
                     *       ],
                     *       "has_more": true,
                     *       "next_cursor": "q1b2c3d4e5f6WyIwMTkzIl0",
                     *       "total": 1,
                     *       "total_capped": true
                     *     }
                     */
                    "application/json": components["schemas"]["Page_TaskOut_"];
                };
            };
            400: components["responses"]["400.bad_header.bad_host.bad_request.invalid_cursor.tenant_invalid.tenant_required.limited"];
            401: components["responses"]["401.key_owner_gone.session_ended.token_expired.unauthenticated.limited"];
            403: components["responses"]["403.mfa_enrollment_required.permission_denied.tenant_suspended.limited"];
            404: components["responses"]["404.tenant_not_found.limited"];
            408: components["responses"]["408.request_timeout.limited"];
            413: components["responses"]["413.body_too_large.limited"];
            414: components["responses"]["414.uri_too_long.limited"];
            422: components["responses"]["422.validation_failed.limited"];
            429: components["responses"]["429.rate_limited.limited"];
            431: components["responses"]["431.headers_too_large.limited"];
            503: components["responses"]["503.unavailable.limited"];
            default: components["responses"]["Unexpected"];
        };
    };
    tasks_get_task: {
        parameters: {
            query?: never;
            header?: {
                /** @description The tenant's id or slug. It selects; membership is checked each time. With an access token it is needed: 400 `tenant_required` without it. An API key stands for its own tenant: it may be left out, and another's is 404. */
                "X-Tenant-ID"?: string;
            };
            path: {
                task_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "actor": "user:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                     *       "after": [
                     *         "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00"
                     *       ],
                     *       "attempt": 1,
                     *       "cancel_requested_at": "2026-01-31T12:00:00Z",
                     *       "cancellable": true,
                     *       "created_at": "2026-01-31T12:00:00Z",
                     *       "error": "TimeoutError",
                     *       "expires_at": "2026-01-31T12:00:00Z",
                     *       "finished_at": "2026-01-31T12:00:00Z",
                     *       "id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                     *       "kind": "catalog.reprice",
                     *       "progress": {
                     *         "done": 1,
                     *         "message": "Changing prices",
                     *         "partial": {},
                     *         "total": 1,
                     *         "unit": "products"
                     *       },
                     *       "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                     *       "result": {},
                     *       "revision": 1,
                     *       "started_at": "2026-01-31T12:00:00Z",
                     *       "state": "active"
                     *     }
                     */
                    "application/json": components["schemas"]["TaskOut"];
                };
            };
            400: components["responses"]["400.bad_header.bad_host.bad_request.tenant_invalid.tenant_required.limited"];
            401: components["responses"]["401.key_owner_gone.session_ended.token_expired.unauthenticated.limited"];
            403: components["responses"]["403.mfa_enrollment_required.permission_denied.tenant_suspended.limited"];
            404: components["responses"]["404.not_found.tenant_not_found.limited"];
            408: components["responses"]["408.request_timeout.limited"];
            413: components["responses"]["413.body_too_large.limited"];
            414: components["responses"]["414.uri_too_long.limited"];
            422: components["responses"]["422.validation_failed.limited"];
            429: components["responses"]["429.rate_limited.limited"];
            431: components["responses"]["431.headers_too_large.limited"];
            503: components["responses"]["503.unavailable.limited"];
            default: components["responses"]["Unexpected"];
        };
    };
    tasks_cancel_task: {
        parameters: {
            query?: never;
            header?: {
                /** @description 1 to 255 visible ASCII characters, chosen anew for each write. Sent again within 24 hours with the same body: the first answer, with `Idempotent-Replayed: true`; meanwhile 409, with another body 422. */
                "Idempotency-Key"?: string;
                /** @description The tenant's id or slug. It selects; membership is checked each time. With an access token it is needed: 400 `tenant_required` without it. An API key stands for its own tenant: it may be left out, and another's is 404. */
                "X-Tenant-ID"?: string;
            };
            path: {
                task_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "actor": "user:01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                     *       "after": [
                     *         "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00"
                     *       ],
                     *       "attempt": 1,
                     *       "cancel_requested_at": "2026-01-31T12:00:00Z",
                     *       "cancellable": true,
                     *       "created_at": "2026-01-31T12:00:00Z",
                     *       "error": "TimeoutError",
                     *       "expires_at": "2026-01-31T12:00:00Z",
                     *       "finished_at": "2026-01-31T12:00:00Z",
                     *       "id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                     *       "kind": "catalog.reprice",
                     *       "progress": {
                     *         "done": 1,
                     *         "message": "Changing prices",
                     *         "partial": {},
                     *         "total": 1,
                     *         "unit": "products"
                     *       },
                     *       "request_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                     *       "result": {},
                     *       "revision": 1,
                     *       "started_at": "2026-01-31T12:00:00Z",
                     *       "state": "active"
                     *     }
                     */
                    "application/json": components["schemas"]["TaskOut"];
                };
            };
            400: components["responses"]["400.bad_header.bad_host.bad_request.idempotency_key_invalid.tenant_invalid.tenant_required.limited"];
            401: components["responses"]["401.key_owner_gone.session_ended.token_expired.unauthenticated.limited"];
            403: components["responses"]["403.mfa_enrollment_required.permission_denied.tenant_suspended.limited"];
            404: components["responses"]["404.not_found.tenant_not_found.limited"];
            408: components["responses"]["408.request_timeout.limited"];
            409: components["responses"]["409.conflict.idempotency_in_progress.task_finished.limited"];
            413: components["responses"]["413.body_too_large.limited"];
            414: components["responses"]["414.uri_too_long.limited"];
            422: components["responses"]["422.idempotency_key_reused.validation_failed.limited"];
            429: components["responses"]["429.rate_limited.limited"];
            431: components["responses"]["431.headers_too_large.limited"];
            503: components["responses"]["503.outcome_unknown.unavailable.limited"];
            default: components["responses"]["Unexpected"];
        };
    };
    tasks_watch_task: {
        parameters: {
            query?: never;
            header?: {
                /** @description The id of the last event that was seen; what came after it is sent at once. */
                "Last-Event-ID"?: string;
                /** @description The tenant's id or slug. It selects; membership is checked each time. With an access token it is needed: 400 `tenant_required` without it. An API key stands for its own tenant: it may be left out, and another's is 404. */
                "X-Tenant-ID"?: string;
            };
            path: {
                task_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Events named `progress`, each with the task as data and its revision as id. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example id: 7
                     *     event: progress
                     *     data: {...}
                     */
                    "text/event-stream": string;
                };
            };
            400: components["responses"]["400.bad_header.bad_host.bad_request.tenant_invalid.tenant_required.limited"];
            401: components["responses"]["401.key_owner_gone.session_ended.token_expired.unauthenticated.limited"];
            403: components["responses"]["403.mfa_enrollment_required.permission_denied.tenant_suspended.limited"];
            404: components["responses"]["404.not_found.tenant_not_found.limited"];
            408: components["responses"]["408.request_timeout.limited"];
            413: components["responses"]["413.body_too_large.limited"];
            414: components["responses"]["414.uri_too_long.limited"];
            422: components["responses"]["422.validation_failed.limited"];
            429: components["responses"]["429.rate_limited.limited"];
            431: components["responses"]["431.headers_too_large.limited"];
            503: components["responses"]["503.unavailable.limited"];
            default: components["responses"]["Unexpected"];
        };
    };
    tenants_list_tenants: {
        parameters: {
            query?: {
                cursor?: string | null;
                include?: "total" | null;
                /** @description items a page, 1-100 */
                limit?: number;
                /** @description text in name or slug */
                q?: string | null;
                /** @description name, created_at; a leading minus reverses; up to 3 by comma, the id decides last */
                sort?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    Link: components["headers"]["Link"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "created_at": "2026-01-31T12:00:00Z",
                     *           "deletion_due_at": "2026-01-31T12:00:00Z",
                     *           "id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                     *           "mfa_required": true,
                     *           "name": "Nora New",
                     *           "plan": "standard",
                     *           "slug": "acme",
                     *           "state": "active",
                     *           "version": 1
                     *         }
                     *       ],
                     *       "has_more": true,
                     *       "next_cursor": "q1b2c3d4e5f6WyIwMTkzIl0",
                     *       "total": 1,
                     *       "total_capped": true
                     *     }
                     */
                    "application/json": components["schemas"]["Page_TenantOut_"];
                };
            };
            400: components["responses"]["400.bad_header.bad_host.bad_request.invalid_cursor.limited"];
            401: components["responses"]["401.key_owner_gone.session_ended.token_expired.unauthenticated.limited"];
            403: components["responses"]["403.person_required.tenant_suspended.limited"];
            408: components["responses"]["408.request_timeout.limited"];
            413: components["responses"]["413.body_too_large.limited"];
            414: components["responses"]["414.uri_too_long.limited"];
            422: components["responses"]["422.validation_failed.limited"];
            429: components["responses"]["429.rate_limited.limited"];
            431: components["responses"]["431.headers_too_large.limited"];
            503: components["responses"]["503.unavailable.limited"];
            default: components["responses"]["Unexpected"];
        };
    };
    tenants_create_tenant: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Nora New",
                 *       "slug": "acme"
                 *     }
                 */
                "application/json": components["schemas"]["TenantCreate"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    Location: components["headers"]["Location"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "created_at": "2026-01-31T12:00:00Z",
                     *       "deletion_due_at": "2026-01-31T12:00:00Z",
                     *       "id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                     *       "mfa_required": true,
                     *       "name": "Nora New",
                     *       "plan": "standard",
                     *       "slug": "acme",
                     *       "state": "active",
                     *       "version": 1
                     *     }
                     */
                    "application/json": components["schemas"]["TenantOut"];
                };
            };
            400: components["responses"]["400.bad_header.bad_host.bad_request.idempotency_key_not_taken.malformed_json.limited"];
            401: components["responses"]["401.key_owner_gone.session_ended.token_expired.unauthenticated.limited"];
            403: components["responses"]["403.impersonation_refused.person_required.tenant_suspended.limited"];
            408: components["responses"]["408.request_timeout.limited"];
            409: components["responses"]["409.conflict.tenant_slug_taken.too_many_tenants.limited"];
            413: components["responses"]["413.body_too_large.limited"];
            414: components["responses"]["414.uri_too_long.limited"];
            415: components["responses"]["415.unsupported_media_type.limited"];
            422: components["responses"]["422.validation_failed.limited"];
            429: components["responses"]["429.rate_limited.limited"];
            431: components["responses"]["431.headers_too_large.limited"];
            503: components["responses"]["503.outcome_unknown.unavailable.limited"];
            default: components["responses"]["Unexpected"];
        };
    };
    tenants_get_my_tenant: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that is known; 304 without a body where it is still the present one. */
                "If-None-Match"?: string;
            };
            path: {
                tenant_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "created_at": "2026-01-31T12:00:00Z",
                     *       "deletion_due_at": "2026-01-31T12:00:00Z",
                     *       "id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                     *       "mfa_required": true,
                     *       "name": "Nora New",
                     *       "plan": "standard",
                     *       "slug": "acme",
                     *       "state": "active",
                     *       "version": 1
                     *     }
                     */
                    "application/json": components["schemas"]["TenantOut"];
                };
            };
            /** @description Still the version that is known. */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["400.bad_header.bad_host.bad_request.limited"];
            401: components["responses"]["401.key_owner_gone.session_ended.token_expired.unauthenticated.limited"];
            403: components["responses"]["403.person_required.tenant_suspended.limited"];
            404: components["responses"]["404.not_found.limited"];
            408: components["responses"]["408.request_timeout.limited"];
            413: components["responses"]["413.body_too_large.limited"];
            414: components["responses"]["414.uri_too_long.limited"];
            422: components["responses"]["422.validation_failed.limited"];
            429: components["responses"]["429.rate_limited.limited"];
            431: components["responses"]["431.headers_too_large.limited"];
            503: components["responses"]["503.unavailable.limited"];
            default: components["responses"]["Unexpected"];
        };
    };
    tenants_get_tenant: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that is known; 304 without a body where it is still the present one. */
                "If-None-Match"?: string;
                /** @description The tenant's id or slug. It selects; membership is checked each time. With an access token it is needed: 400 `tenant_required` without it. An API key stands for its own tenant: it may be left out, and another's is 404. */
                "X-Tenant-ID"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "created_at": "2026-01-31T12:00:00Z",
                     *       "deletion_due_at": "2026-01-31T12:00:00Z",
                     *       "id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                     *       "mfa_required": true,
                     *       "name": "Nora New",
                     *       "plan": "standard",
                     *       "slug": "acme",
                     *       "state": "active",
                     *       "version": 1
                     *     }
                     */
                    "application/json": components["schemas"]["TenantOut"];
                };
            };
            /** @description Still the version that is known. */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["400.bad_header.bad_host.bad_request.tenant_invalid.tenant_required.limited"];
            401: components["responses"]["401.key_owner_gone.session_ended.token_expired.unauthenticated.limited"];
            403: components["responses"]["403.mfa_enrollment_required.permission_denied.tenant_suspended.limited"];
            404: components["responses"]["404.tenant_not_found.limited"];
            408: components["responses"]["408.request_timeout.limited"];
            413: components["responses"]["413.body_too_large.limited"];
            414: components["responses"]["414.uri_too_long.limited"];
            422: components["responses"]["422.validation_failed.limited"];
            429: components["responses"]["429.rate_limited.limited"];
            431: components["responses"]["431.headers_too_large.limited"];
            503: components["responses"]["503.unavailable.limited"];
            default: components["responses"]["Unexpected"];
        };
    };
    tenants_update_tenant: {
        parameters: {
            query?: never;
            header: {
                /** @description 1 to 255 visible ASCII characters, chosen anew for each write. Sent again within 24 hours with the same body: the first answer, with `Idempotent-Replayed: true`; meanwhile 409, with another body 422. */
                "Idempotency-Key"?: string;
                /** @description The ETag that was read, or "*"; missing 428, changed since 412. */
                "If-Match": string;
                /** @description The tenant's id or slug. It selects; membership is checked each time. With an access token it is needed: 400 `tenant_required` without it. An API key stands for its own tenant: it may be left out, and another's is 404. */
                "X-Tenant-ID"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Acme Worldwide"
                 *     }
                 */
                "application/json": components["schemas"]["TenantUpdate"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "created_at": "2026-01-31T12:00:00Z",
                     *       "deletion_due_at": "2026-01-31T12:00:00Z",
                     *       "id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                     *       "mfa_required": true,
                     *       "name": "Nora New",
                     *       "plan": "standard",
                     *       "slug": "acme",
                     *       "state": "active",
                     *       "version": 1
                     *     }
                     */
                    "application/json": components["schemas"]["TenantOut"];
                };
            };
            400: components["responses"]["400.bad_header.bad_host.bad_request.idempotency_key_invalid.malformed_json.tenant_invalid.tenant_required.limited"];
            401: components["responses"]["401.key_owner_gone.session_ended.token_expired.unauthenticated.limited"];
            403: components["responses"]["403.impersonation_refused.mfa_enrollment_required.permission_denied.person_required.tenant_suspended.limited"];
            404: components["responses"]["404.tenant_not_found.limited"];
            408: components["responses"]["408.request_timeout.limited"];
            409: components["responses"]["409.conflict.idempotency_in_progress.tenant_slug_taken.too_many_slugs.limited"];
            412: components["responses"]["412.precondition_failed.limited"];
            413: components["responses"]["413.body_too_large.limited"];
            414: components["responses"]["414.uri_too_long.limited"];
            415: components["responses"]["415.unsupported_media_type.limited"];
            422: components["responses"]["422.idempotency_key_reused.validation_failed.limited"];
            428: components["responses"]["428.precondition_required.limited"];
            429: components["responses"]["429.rate_limited.limited"];
            431: components["responses"]["431.headers_too_large.limited"];
            503: components["responses"]["503.outcome_unknown.unavailable.limited"];
            default: components["responses"]["Unexpected"];
        };
    };
    tenants_plan_deletion: {
        parameters: {
            query?: never;
            header: {
                /** @description 1 to 255 visible ASCII characters, chosen anew for each write. Sent again within 24 hours with the same body: the first answer, with `Idempotent-Replayed: true`; meanwhile 409, with another body 422. */
                "Idempotency-Key"?: string;
                /** @description The tenant's id or slug. It selects; membership is checked each time. */
                "X-Tenant-ID": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "confirm": "acme"
                 *     }
                 */
                "application/json": components["schemas"]["DeletionRequest"];
            };
        };
        responses: {
            /** @description Successful Response */
            202: {
                headers: {
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "due_at": "2026-01-31T12:00:00Z"
                     *     }
                     */
                    "application/json": components["schemas"]["DeletionOut"];
                };
            };
            400: components["responses"]["400.bad_header.bad_host.bad_request.idempotency_key_invalid.malformed_json.tenant_invalid.tenant_required.limited"];
            401: components["responses"]["401.key_owner_gone.session_ended.step_up_required.token_expired.unauthenticated.limited"];
            403: components["responses"]["403.impersonation_refused.mfa_enrollment_required.permission_denied.person_required.tenant_suspended.limited"];
            404: components["responses"]["404.tenant_not_found.limited"];
            408: components["responses"]["408.request_timeout.limited"];
            409: components["responses"]["409.conflict.idempotency_in_progress.limited"];
            413: components["responses"]["413.body_too_large.limited"];
            414: components["responses"]["414.uri_too_long.limited"];
            415: components["responses"]["415.unsupported_media_type.limited"];
            422: components["responses"]["422.idempotency_key_reused.validation_failed.limited"];
            429: components["responses"]["429.rate_limited.limited"];
            431: components["responses"]["431.headers_too_large.limited"];
            503: components["responses"]["503.outcome_unknown.unavailable.limited"];
            default: components["responses"]["Unexpected"];
        };
    };
    tenants_keep_tenant: {
        parameters: {
            query?: never;
            header: {
                /** @description The tenant's id or slug. It selects; membership is checked each time. */
                "X-Tenant-ID": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "details": {},
                     *       "msg": "Done.",
                     *       "status": true
                     *     }
                     */
                    "application/json": components["schemas"]["DefaultResponse"];
                };
            };
            400: components["responses"]["400.bad_header.bad_host.bad_request.tenant_invalid.tenant_required.limited"];
            401: components["responses"]["401.key_owner_gone.session_ended.token_expired.unauthenticated.limited"];
            403: components["responses"]["403.impersonation_refused.mfa_enrollment_required.permission_denied.person_required.tenant_suspended.limited"];
            404: components["responses"]["404.tenant_not_found.limited"];
            408: components["responses"]["408.request_timeout.limited"];
            409: components["responses"]["409.conflict.deletion_not_planned.limited"];
            413: components["responses"]["413.body_too_large.limited"];
            414: components["responses"]["414.uri_too_long.limited"];
            422: components["responses"]["422.validation_failed.limited"];
            429: components["responses"]["429.rate_limited.limited"];
            431: components["responses"]["431.headers_too_large.limited"];
            503: components["responses"]["503.outcome_unknown.unavailable.limited"];
            default: components["responses"]["Unexpected"];
        };
    };
    tenants_leave_tenant: {
        parameters: {
            query?: never;
            header: {
                /** @description 1 to 255 visible ASCII characters, chosen anew for each write. Sent again within 24 hours with the same body: the first answer, with `Idempotent-Replayed: true`; meanwhile 409, with another body 422. */
                "Idempotency-Key"?: string;
                /** @description The tenant's id or slug. It selects; membership is checked each time. */
                "X-Tenant-ID": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "details": {},
                     *       "msg": "Done.",
                     *       "status": true
                     *     }
                     */
                    "application/json": components["schemas"]["DefaultResponse"];
                };
            };
            400: components["responses"]["400.bad_header.bad_host.bad_request.idempotency_key_invalid.tenant_invalid.tenant_required.limited"];
            401: components["responses"]["401.key_owner_gone.session_ended.token_expired.unauthenticated.limited"];
            403: components["responses"]["403.impersonation_refused.mfa_enrollment_required.permission_denied.person_required.tenant_suspended.limited"];
            404: components["responses"]["404.tenant_not_found.limited"];
            408: components["responses"]["408.request_timeout.limited"];
            409: components["responses"]["409.conflict.idempotency_in_progress.last_owner.limited"];
            413: components["responses"]["413.body_too_large.limited"];
            414: components["responses"]["414.uri_too_long.limited"];
            422: components["responses"]["422.idempotency_key_reused.validation_failed.limited"];
            429: components["responses"]["429.rate_limited.limited"];
            431: components["responses"]["431.headers_too_large.limited"];
            503: components["responses"]["503.outcome_unknown.unavailable.limited"];
            default: components["responses"]["Unexpected"];
        };
    };
    tenants_transfer_ownership: {
        parameters: {
            query?: never;
            header: {
                /** @description 1 to 255 visible ASCII characters, chosen anew for each write. Sent again within 24 hours with the same body: the first answer, with `Idempotent-Replayed: true`; meanwhile 409, with another body 422. */
                "Idempotency-Key"?: string;
                /** @description The tenant's id or slug. It selects; membership is checked each time. */
                "X-Tenant-ID": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "user_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00"
                 *     }
                 */
                "application/json": components["schemas"]["OwnershipTransfer"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "email": "nora@acme.example",
                     *       "joined_at": "2026-01-31T12:00:00Z",
                     *       "name": "Nora New",
                     *       "picture": "https://acme.example/nora.png",
                     *       "roles": [
                     *         "member"
                     *       ],
                     *       "state": "active",
                     *       "user_id": "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
                     *       "version": 1
                     *     }
                     */
                    "application/json": components["schemas"]["MemberOut"];
                };
            };
            400: components["responses"]["400.bad_header.bad_host.bad_request.idempotency_key_invalid.malformed_json.tenant_invalid.tenant_required.limited"];
            401: components["responses"]["401.key_owner_gone.session_ended.step_up_required.token_expired.unauthenticated.limited"];
            403: components["responses"]["403.impersonation_refused.mfa_enrollment_required.permission_denied.person_required.tenant_suspended.limited"];
            404: components["responses"]["404.not_found.tenant_not_found.limited"];
            408: components["responses"]["408.request_timeout.limited"];
            409: components["responses"]["409.conflict.idempotency_in_progress.too_many_tenants.limited"];
            413: components["responses"]["413.body_too_large.limited"];
            414: components["responses"]["414.uri_too_long.limited"];
            415: components["responses"]["415.unsupported_media_type.limited"];
            422: components["responses"]["422.idempotency_key_reused.validation_failed.limited"];
            429: components["responses"]["429.rate_limited.limited"];
            431: components["responses"]["431.headers_too_large.limited"];
            503: components["responses"]["503.outcome_unknown.unavailable.limited"];
            default: components["responses"]["Unexpected"];
        };
    };
    tenants_get_settings: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that is known; 304 without a body where it is still the present one. */
                "If-None-Match"?: string;
                /** @description The tenant's id or slug. It selects; membership is checked each time. With an access token it is needed: 400 `tenant_required` without it. An API key stands for its own tenant: it may be left out, and another's is 404. */
                "X-Tenant-ID"?: string;
            };
            path: {
                /** @description the module's name */
                module: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "module": "catalog",
                     *       "values": {},
                     *       "version": 1
                     *     }
                     */
                    "application/json": components["schemas"]["ModuleSettingsOut"];
                };
            };
            /** @description Still the version that is known. */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["400.bad_header.bad_host.bad_request.tenant_invalid.tenant_required.limited"];
            401: components["responses"]["401.key_owner_gone.session_ended.token_expired.unauthenticated.limited"];
            403: components["responses"]["403.mfa_enrollment_required.permission_denied.tenant_suspended.limited"];
            404: components["responses"]["404.not_found.tenant_not_found.limited"];
            408: components["responses"]["408.request_timeout.limited"];
            413: components["responses"]["413.body_too_large.limited"];
            414: components["responses"]["414.uri_too_long.limited"];
            422: components["responses"]["422.validation_failed.limited"];
            429: components["responses"]["429.rate_limited.limited"];
            431: components["responses"]["431.headers_too_large.limited"];
            503: components["responses"]["503.unavailable.limited"];
            default: components["responses"]["Unexpected"];
        };
    };
    tenants_update_settings: {
        parameters: {
            query?: never;
            header: {
                /** @description 1 to 255 visible ASCII characters, chosen anew for each write. Sent again within 24 hours with the same body: the first answer, with `Idempotent-Replayed: true`; meanwhile 409, with another body 422. */
                "Idempotency-Key"?: string;
                /** @description The ETag that was read, or "*"; missing 428, changed since 412. */
                "If-Match": string;
                /** @description The tenant's id or slug. It selects; membership is checked each time. With an access token it is needed: 400 `tenant_required` without it. An API key stands for its own tenant: it may be left out, and another's is 404. */
                "X-Tenant-ID"?: string;
            };
            path: {
                /** @description the module's name */
                module: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /** @example {} */
                "application/json": {
                    [key: string]: unknown;
                };
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "Idempotent-Replayed": components["headers"]["Idempotent-Replayed"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "module": "catalog",
                     *       "values": {},
                     *       "version": 1
                     *     }
                     */
                    "application/json": components["schemas"]["ModuleSettingsOut"];
                };
            };
            400: components["responses"]["400.bad_header.bad_host.bad_request.idempotency_key_invalid.malformed_json.tenant_invalid.tenant_required.limited"];
            401: components["responses"]["401.key_owner_gone.session_ended.token_expired.unauthenticated.limited"];
            403: components["responses"]["403.mfa_enrollment_required.permission_denied.tenant_suspended.limited"];
            404: components["responses"]["404.not_found.tenant_not_found.limited"];
            408: components["responses"]["408.request_timeout.limited"];
            409: components["responses"]["409.conflict.idempotency_in_progress.limited"];
            412: components["responses"]["412.precondition_failed.limited"];
            413: components["responses"]["413.body_too_large.limited"];
            414: components["responses"]["414.uri_too_long.limited"];
            415: components["responses"]["415.unsupported_media_type.limited"];
            422: components["responses"]["422.idempotency_key_reused.validation_failed.limited"];
            428: components["responses"]["428.precondition_required.limited"];
            429: components["responses"]["429.rate_limited.limited"];
            431: components["responses"]["431.headers_too_large.limited"];
            503: components["responses"]["503.outcome_unknown.unavailable.limited"];
            default: components["responses"]["Unexpected"];
        };
    };
    health_get_liveness: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "status": "ok"
                     *     }
                     */
                    "application/json": components["schemas"]["Health"];
                };
            };
            400: components["responses"]["400.bad_header.bad_host.bad_request"];
            408: components["responses"]["408.request_timeout"];
            413: components["responses"]["413.body_too_large"];
            414: components["responses"]["414.uri_too_long"];
            422: components["responses"]["422.validation_failed"];
            431: components["responses"]["431.headers_too_large"];
            503: components["responses"]["503.unavailable"];
            default: components["responses"]["Unexpected"];
        };
    };
    health_get_readiness: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "checks": {},
                     *       "status": "ok"
                     *     }
                     */
                    "application/json": components["schemas"]["ReadinessOut"];
                };
            };
            400: components["responses"]["400.bad_header.bad_host.bad_request"];
            408: components["responses"]["408.request_timeout"];
            413: components["responses"]["413.body_too_large"];
            414: components["responses"]["414.uri_too_long"];
            422: components["responses"]["422.validation_failed"];
            431: components["responses"]["431.headers_too_large"];
            503: components["responses"]["503.unavailable"];
            default: components["responses"]["Unexpected"];
        };
    };
}
